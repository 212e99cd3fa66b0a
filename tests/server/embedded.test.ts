import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { outcome, signInAnswer } from '#shared/protocol/messages.ts';
import { putAccounts } from '../../server/identity/accounts.ts';
import { openCentre } from '../../server/open-centre.ts';
import { enrol } from '../support/centre-of.ts';
import { commandOf, subjectArgs } from '../support/commands.ts';
import { pageOf } from '../support/read-page.ts';
import { endProgram, headersFor, post, type Started, startProgram } from './started-centre.ts';

let dataDir: string;
const programs: Started[] = [];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'embedded-'));
  chmodSync(dataDir, 0o755);
});

afterEach(async () => {
  for (const { child } of programs.splice(0)) await endProgram(child, 'SIGTERM');
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(env: Readonly<Record<string, string>> = {}): Promise<Started> {
  const started = await startProgram(dataDir, env);
  programs.push(started);
  return started;
}

/** Kills the centre and its database at once, without a word. */
function powerCut({ child }: Started): void {
  const [database] = readFileSync(join(dataDir, 'pg/postmaster.pid'), 'utf8').split('\n');
  process.kill(Number(database), 'SIGKILL');
  child.kill('SIGKILL');
}

const epochAt = async (address: string | undefined): Promise<string | null> =>
  (await fetch(`${address}/healthz`)).headers.get('x-sync-epoch');
const databaseRuns = (): boolean => existsSync(join(dataDir, 'pg/postmaster.pid'));

test('killed and started again the centre is the same one, a second opener is refused, and a stop leaves nothing running', async () => {
  const first = await start();
  const epoch = await epochAt(first.address);
  expect(epoch).toMatch(/^[0-9a-f-]{36}$/);

  const second = await start();
  expect([second.address, second.complaint]).toEqual([undefined, expect.stringContaining('another centre already uses')]);

  await endProgram(first.child, 'SIGKILL');
  expect(databaseRuns()).toBe(true);
  const third = await start();
  expect(await epochAt(third.address)).toBe(epoch);
  expect(await endProgram(third.child, 'SIGTERM')).toBe(0);
  expect(databaseRuns()).toBe(false);
}, 120_000);

test('what was acknowledged before the power went is there afterwards, and nothing is there in part', async () => {
  const open = await openCentre({ DATA_DIR: dataDir }, { defect: () => undefined, lost: () => undefined });
  const wang = await enrol(open.centre, 'o-wang');
  const account = { account: 'o-wang', districtId: wang.districtId, officerId: wang.officerId };
  await putAccounts(open.database.sql, [account], { password: 'secret-secret', demo: false });
  await open.close();

  const first = await start();
  const { token, epoch } = signInAnswer.parse(
    await (
      await post(first, '/auth/v1/sign-in', { account: 'o-wang', password: 'secret-secret', device: wang.device, deviceName: '' })
    ).json(),
  );
  const acknowledged: string[] = [];
  const writer = (async () => {
    for (let i = 0; ; i++) {
      const commands = [0, 1, 2].map((part) => commandOf(wang, 'subjects.register', subjectArgs(`s${i}-${part}`)));
      const answer = await post(first, '/sync/v1/push', { device: wang.device, epoch, commands }, token);
      for (const line of (await answer.text()).trim().split('\n')) {
        const { mid, status } = outcome.parse(JSON.parse(line));
        const id = commands.find((one) => one.mid === mid)?.args['id'];
        if (status === 'applied') acknowledged.push(String(id));
      }
      if (i === 20) powerCut(first);
    }
  })();
  await expect(writer).rejects.toBeInstanceOf(TypeError); // the line to the centre broke
  expect(acknowledged.length).toBeGreaterThanOrEqual(60);

  const second = await start();
  const pull = await fetch(`${second.address}/sync/v1/pull?stream=d:620102`, { headers: headersFor(token) });
  const there = pageOf(await pull.text()).rows.map(({ id }) => id);
  expect(acknowledged.filter((id) => !there.includes(id))).toEqual([]);
  expect((there.length - 1) % 3).toBe(0);
}, 120_000);

test('a server in production refuses to start beside demonstration accounts', async () => {
  const open = await openCentre({ DATA_DIR: dataDir }, { defect: () => undefined, lost: () => undefined });
  const accounts = [{ account: 'demo', districtId: '620102', officerId: 'o1' }];
  await putAccounts(open.database.sql, accounts, { password: 'demo-demo', demo: true });
  await open.close();
  const refused = await start({ NODE_ENV: 'production' });
  expect([refused.address, refused.complaint]).toEqual([undefined, expect.stringContaining('not in production')]);
  expect(databaseRuns()).toBe(false);
  expect(readFileSync(join(dataDir, 'pg.secret'), 'utf8')).toMatch(/^[0-9a-f]{48}\n$/);
}, 120_000);

test('a setting that does not fit stops the start and is named', async () => {
  const refused = await start({ PORT: 'many' });
  expect([refused.address, refused.complaint]).toEqual([undefined, expect.stringContaining('PORT')]);
});

test('a database that does not answer is said with its reason', async () => {
  const refused = await start({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' });
  expect([refused.address, refused.complaint]).toEqual([undefined, expect.stringContaining('ECONNREFUSED')]);
});
