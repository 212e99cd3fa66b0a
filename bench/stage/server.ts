import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const MAIN = join(import.meta.dirname, '../../server/main.ts');
const TRIES = 600;
const TRY_AGAIN_MS = 50;

export interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

interface Settings {
  readonly databaseUrl: string;
  readonly dataDir: string;
  readonly filesDir: string;
  readonly origins: string;
}

/** The centre's program in a process of its own. */
export async function startServer({ databaseUrl, dataDir, filesDir, origins }: Settings): Promise<Server> {
  const port = await freePort();
  const env = {
    ...process.env,
    // The bundler says `production` in this process, where demonstration accounts are not allowed.
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
    FILES_DIR: filesDir,
    ORIGINS: origins,
    PORT: String(port),
    LOG_LEVEL: 'warn',
  };
  const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'inherit', 'inherit'] });
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; !(await answers(`${url}/healthz`)); tries++) {
    if (child.exitCode !== null || tries === TRIES) throw new Error('the centre did not start');
    await pause(TRY_AGAIN_MS);
  }
  return {
    url,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
