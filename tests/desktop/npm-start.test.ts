import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'start-'));
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  // The embedded database runs as another user where we are root.
  chmodSync(folder, 0o755);
  const [centre, workstation] = [await freePort(), await freePort()];
  env = {
    ...process.env,
    PORT: String(centre),
    WORKSTATION_PORT: String(workstation),
    DATA_DIR: join(folder, 'centre'),
    WORKSTATION_DATA: join(folder, 'workstation'),
    SEED_SIZE: 'village',
    DISPLAY: '',
    WAYLAND_DISPLAY: '',
    NODE_ENV: 'development',
  };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Start {
  readonly process: ChildProcess;
  readonly said: () => string;
  readonly ended: Promise<number | null>;
}

function npmStart(): Start {
  const child = spawn(process.execPath, ['scripts/setup.mjs', 'scripts/start.ts'], { cwd: ROOT, env, stdio: 'pipe' });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return { process: child, said: () => said, ended: new Promise((done) => child.once('exit', (code) => done(code))) };
}

/** The address it prints once everything stands. */
async function address(start: Start): Promise<string> {
  await expect.poll(start.said, { timeout: 90_000, interval: 200 }).toMatch(/__open\?ticket=\S+\n/);
  return /http:\S+ticket=\S+/.exec(start.said())?.[0] ?? '';
}

const answers = async (port: string | undefined): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/healthz`).then(
    () => true,
    () => false,
  );
const isSilent = async (): Promise<boolean> => !(await answers(env['PORT'])) && !(await answers(env['WORKSTATION_PORT']));

test('one command brings up a seeded centre and a workstation, tells how to sign in, and takes both down again', async () => {
  const start = npmStart();
  const opened = await fetch(await address(start), { redirect: 'manual' });
  expect(opened.status).toBe(303);
  const headers = { cookie: opened.headers.get('set-cookie')?.split(';')[0] ?? '' };
  const page = await fetch(`http://127.0.0.1:${env['WORKSTATION_PORT']}/`, { headers });
  expect(page.headers.get('content-security-policy')).toContain(`http://127.0.0.1:${env['PORT']}`);
  expect(start.said()).toMatch(/演示账号 chengguan01/);
  const health = await fetch(`http://127.0.0.1:${env['PORT']}/healthz`);
  expect(await health.json()).toMatchObject({ ok: true });
  start.process.kill('SIGTERM');
  expect(await start.ended).toBe(0);
  expect(await isSilent()).toBe(true);
});

test('a second start is told that the first one runs', async () => {
  const first = npmStart();
  await address(first);
  const second = npmStart();
  expect(await second.ended).toBe(1);
  expect(second.said()).toContain('食安督查工作站已启动');
  first.process.kill('SIGTERM');
  await first.ended;
});

test('after a kill the next start finds ports, database and workstation as they were', async () => {
  const killed = npmStart();
  await address(killed);
  killed.process.kill('SIGKILL');
  await killed.ended;
  const next = npmStart();
  await address(next);
  expect(next.said()).not.toContain('占用');
  next.process.kill('SIGTERM');
  expect(await next.ended).toBe(0);
  expect(await isSilent()).toBe(true);
});

const freePort = (): Promise<number> =>
  new Promise((done, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const bound = probe.address();
      probe.close(() => (typeof bound === 'object' && bound ? done(bound.port) : failed(new Error('no port'))));
    });
  });
