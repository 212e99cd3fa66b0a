import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { Fault } from '#shared/errors.ts';

/**
 * One process per data folder. The lock is a name the operating system frees when its holder dies, however it dies,
 * so there is no stale lock file to judge. Nothing is spoken over it.
 */
export async function holdDataDir(dataDir: string): Promise<() => Promise<void>> {
  const server = createServer((socket) => socket.destroy());
  try {
    await listen(server, lockName(realpathSync(dataDir)));
  } catch {
    throw new Fault('hostRefused', 'another workstation already uses this data folder', { reason: 'secondInstance' });
  }
  server.unref();
  return () => new Promise((done) => server.close(() => done()));
}

function lockName(path: string): string {
  const digest = createHash('sha256').update(path).digest('hex').slice(0, 32);
  return process.platform === 'win32' ? `\\\\.\\pipe\\shian-${digest}` : `\0shian-${digest}`;
}

const listen = (server: Server, path: string): Promise<void> =>
  new Promise((done, refused) => {
    server.once('error', refused);
    server.listen(path, done);
  });
