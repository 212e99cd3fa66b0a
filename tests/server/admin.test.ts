import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signInAnswer } from '#shared/protocol/messages.ts';
import { openDatabase } from '../../server/store/pg/pool.ts';
import { runningEmbedded } from '../../server/store/embedded.ts';
import { endProgram, headersFor, post, type Started, startProgram } from './started-centre.ts';

let dataDir: string;
let centre: Started;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'admin-'));
  chmodSync(dataDir, 0o755);
  centre = await startProgram(dataDir);
}, 120_000);
afterAll(async () => {
  await endProgram(centre.child, 'SIGTERM');
  rmSync(dataDir, { recursive: true, force: true });
});

function admin(args: readonly string[], input = ''): { readonly status: number | null; readonly said: string } {
  const env = { ...process.env, DATA_DIR: dataDir, NODE_ENV: 'test' };
  const { status, stdout, stderr } = spawnSync(process.execPath, ['server/admin.ts', ...args], { env, input, encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

const open = (password: string, role = 'officer') =>
  admin(['open-account', 'zhang', '620102', 'o-zhang', '张三', role], password);
const signIn = (password: string) =>
  post(centre, '/auth/v1/sign-in', { account: 'zhang', password, device: randomUUID(), deviceName: '' });

test('beside a running centre an administrator opens an account, changes its password and ends its sessions', async () => {
  expect(open('first-password')).toEqual({ status: 0, said: 'zhang may sign in\n' });
  const { token } = signInAnswer.parse(await (await signIn('first-password')).json());
  const pull = () => fetch(`${centre.address}/sync/v1/pull?stream=d:620102`, { headers: headersFor(token) });
  expect((await pull()).status).toBe(200);

  expect(open('second-password').status).toBe(0);
  expect([(await signIn('first-password')).status, (await signIn('second-password')).status]).toEqual([401, 200]);

  expect(admin(['end-sessions', '620102', 'o-zhang']).status).toBe(0);
  expect((await pull()).status).toBe(401);
}, 60_000);

test('a short password, the role of the machine and a command nobody knows are refused in words', () => {
  expect(open('short')).toMatchObject({ status: 1, said: expect.stringContaining('8') });
  expect(open('long-enough', 'system')).toMatchObject({ status: 1, said: expect.stringContaining('officer') });
  expect(admin(['toString'])).toMatchObject({ status: 1, said: expect.stringContaining('open-account') });
});

test('an administrator packs beside a running centre', () => {
  expect(admin(['pack'])).toEqual({ status: 0, said: '0 segments were made\n' });
}, 60_000);

test('a broken audit chain is named, a whole one confirmed', async () => {
  open('first-password');
  expect(admin(['verify-audit'])).toEqual({ status: 0, said: '1 audit chains are whole\n' });
  const database = openDatabase((await runningEmbedded(dataDir)) ?? '');
  await database.sql.query("update audit set actor = 'nobody' where no = 2");
  await database.close();
  expect(admin(['verify-audit'])).toMatchObject({ status: 1, said: expect.stringContaining('620102 is broken at line 2') });
}, 60_000);
