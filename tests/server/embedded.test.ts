import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { putAccounts } from '../../server/identity/accounts.ts';
import { openCentre } from '../../server/open-centre.ts';

let dataDir: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'embedded-'));
  chmodSync(dataDir, 0o755);
});

afterEach(async () => {
  for (const child of children.splice(0)) if (child.exitCode === null && child.signalCode === null) await end(child, 'SIGTERM');
  rmSync(dataDir, { recursive: true, force: true });
});

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const ended = once(child, 'exit');
  child.kill(signal);
  const [code] = (await ended) as [number | null];
  return code;
}

interface Started {
  readonly child: ChildProcess;
  /** Address once it is ready, undefined when it ended instead. */
  readonly address: string | undefined;
  readonly complaint: string;
}

/** The centre as an administrator starts it. */
async function start(env: Readonly<Record<string, string>> = {}): Promise<Started> {
  const settings = { ...process.env, DATA_DIR: dataDir, PORT: '0', NODE_ENV: 'test', ...env };
  const child = spawn(process.execPath, ['server/main.ts'], { env: settings, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  let [out, complaint] = ['', ''];
  child.stderr.on('data', (text) => (complaint += String(text)));
  const ready = new Promise<string>((done) =>
    child.stdout.on('data', (text) => {
      out += String(text);
      const line = out.split('\n').find((one) => one.includes('"msg":"ready"'));
      if (line) done((JSON.parse(line) as { readonly address: string }).address);
    }),
  );
  const address = await Promise.race([ready, once(child, 'exit').then(() => undefined)]);
  return { child, address, complaint };
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

  await end(first.child, 'SIGKILL');
  expect(databaseRuns()).toBe(true);
  const third = await start();
  expect(await epochAt(third.address)).toBe(epoch);
  expect(await end(third.child, 'SIGTERM')).toBe(0);
  expect(databaseRuns()).toBe(false);
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
