import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { runningEmbedded } from '../../server/store/embedded.ts';
import { diceOf } from '../support/dice.ts';
import { coldCopy, copyAll, dump, load, putAllBack, putBack } from './backups.ts';
import { type CentreProcess, copyFolder, putFile, startSeededCentre } from './centre-process.ts';
import { BAD, GOOD } from './fault-proxy.ts';
import { prove } from './proof.ts';
import { allQuiet } from './quiet.ts';
import { report } from './result.ts';
import { type Work, workAt } from './work.ts';
import { openWorkstation, type Workstation } from './workstation.ts';

const SEED = Number(process.env['KILL_SEED'] ?? 1949);
const WORK_MS = 4000;

let centre: CentreProcess;
/** Hears everything and is heard. */
let near: Workstation;
/** Sends its work and gets nothing back. */
let deaf: Workstation;
/** Has no line while the centre is restored. */
let away: Workstation;
/** Signs in after the backup, with a session that the backup does not know. */
let late: Workstation;
let works: readonly Work[];
const folder = (name: string): string => join(centre.dataDir, name);
const all = (): readonly Workstation[] => [near, deaf, away, late];

beforeAll(async () => {
  centre = await startSeededCentre('village');
  const station = (account: string, i: number) => openWorkstation(account, diceOf(SEED + i), () => centre.address());
  near = await station('chengguan01', 0);
  deaf = await station('chengguan02', 1);
  away = await station('chengguan-head', 2);
  late = await station('chengguan-admin', 3);
  works = all().map((one, i) => workAt(one, diceOf(SEED + 10 + i)));
}, 120_000);
afterAll(async () => {
  for (const one of all()) await one.close();
  await centre.close();
});

afterEach(() => {
  for (const { line } of all()) {
    line.line = GOOD;
    line.setDown(false);
    line.hold(undefined);
  }
});

/** Everybody works as long as this lasts. */
async function atWork(during: () => Promise<unknown>): Promise<void> {
  const over = new AbortController();
  const working = Promise.all(works.map((work) => work.go(over.signal)));
  await during().finally(() => over.abort());
  await working;
}

const epochs = (): Promise<readonly { readonly epoch: string; readonly reason: string }[]> =>
  centre.rows('select epoch, reason from sync_epoch order by since');

/** Every mutation that is decided, and when the centre received it, ms. */
const decisions = (): Promise<readonly { readonly mid: string; readonly at: string }[]> =>
  centre.rows('select mid, received_at as at from sync_mutation');

/** How a backup is made, what comes between, how it comes back. */
interface Way {
  readonly what: string;
  backup(): Promise<void>;
  between?(): Promise<void>;
  restore(): Promise<void>;
  /** Reason of the new epoch; none where the centre itself cannot notice, and only the numbers of the workstations tell. */
  readonly because: readonly RegExp[];
}

/** A base backup while the database runs, in the words of PostgreSQL's own manual. */
async function baseBackup(): Promise<void> {
  const session = new Client(await runningEmbedded(centre.dataDir));
  await session.connect();
  await session.query(`select pg_backup_start('a', true)`);
  copyFolder(folder('pg'), folder('backup'));
  const { rows } = await session.query<{ labelfile: string }>('select labelfile from pg_backup_stop()');
  copyFolder(folder('pg/pg_wal'), folder('backup/pg_wal'));
  putFile(folder('backup'), 'backup_label', rows[0]?.labelfile ?? '');
  rmSync(folder('backup/postmaster.pid'));
  await session.end();
}

/** Recovered to the end of what was archived: PostgreSQL begins another timeline. */
async function recover(): Promise<void> {
  await putBack(centre);
  putFile(folder('pg'), 'recovery.signal', '');
  putFile(folder('pg'), 'postgresql.auto.conf', `restore_command = 'false'\n`);
  await centre.start();
}

const WAYS: readonly Way[] = [
  {
    what: 'a base backup, recovered',
    backup: baseBackup,
    restore: recover,
    because: [/timeline 2/],
  },
  {
    what: 'an older folder, without files',
    backup: () => coldCopy(centre),
    // Stopped in good order, a centre writes down how far it was.
    between: async () => {
      await centre.stop();
      await centre.start();
    },
    restore: async () => {
      await putBack(centre);
      rmSync(folder('files'), { recursive: true, force: true });
      mkdirSync(folder('files'));
      await centre.start();
    },
    because: [/fell from \d+ to \d+/],
  },
  {
    what: 'an image of everything',
    backup: () => copyAll(centre),
    restore: () => putAllBack(centre),
    because: [],
  },
  {
    what: 'a dump, loaded while it runs',
    backup: () => dump(centre),
    restore: () => load(centre),
    because: [/fell from \d+ to \d+/],
  },
];

test.each(WAYS)(
  'the centre comes back from $what: what a workstation still has is there once, and nothing else',
  async (way) => {
    const started = performance.now();
    await allQuiet(centre, all());
    const before = await epochs();
    await way.backup();

    await late.leave();
    await late.open();
    deaf.line.hold('/sync/v1/pull');
    away.line.setDown(true);
    const onlyThere = centre.admin(
      ['open-account', `only-${before.length}`, '620102', `o-only-${before.length}`, '仅在中心', 'officer'],
      'Nobody-Else-Knows-1',
    );
    expect(onlyThere).toContain('may sign in');
    await atWork(() => pause(WORK_MS));
    for (const one of [near, deaf, late]) await expect.poll(() => one.desk().status().waiting, { timeout: 30_000 }).toBe(0);
    expect(away.desk().status().waiting).toBeGreaterThan(0);
    await way.between?.();

    const decided = new Set<string>();
    let restoredAt = 0;
    await atWork(async () => {
      await pause(WORK_MS);
      for (const { mid } of await decisions()) decided.add(mid);
      restoredAt = Date.now();
      await way.restore();
      away.line.setDown(false);
      for (const { line } of all()) line.line = BAD;
      await pause(WORK_MS);
    });
    deaf.line.hold(undefined);
    for (const { line } of all()) line.line = GOOD;
    await late.leave();
    await late.open();
    await allQuiet(centre, all());

    const proof = await prove(
      centre,
      all().map((one) => one.done()),
    );
    const seconds = Math.round((performance.now() - started) / 1000);
    const back = (await decisions()).filter(({ mid, at }) => decided.has(mid) && Number(at) >= restoredAt).length;
    report(
      `restore-${before.length}`,
      { what: `恢复：${way.what}`, times: 1, ...proof, seconds },
      `${back} acknowledged before came back, seed ${SEED}`,
    );
    expect(proof.flaws).toEqual([]);
    expect(back).toBeGreaterThan(0);

    const since = (await epochs()).slice(before.length);
    expect(since.map(({ reason }) => reason)).toEqual(way.because.map((reason) => expect.stringMatching(reason)));
    const epoch = since[0]?.epoch ?? before.at(-1)?.epoch;
    for (const one of [near, deaf, away])
      expect(one.desk().trace()).toContainEqual(expect.objectContaining({ what: 'greeted', epoch }));
    for (const one of [near, deaf]) expect(one.desk().trace()).toContainEqual(expect.objectContaining({ what: 'offeredAgain' }));
    const there = await centre.rows('select id from officers where id = $1', [`o-only-${before.length}`]);
    expect(there, 'what only the centre had nobody invents').toEqual([]);
  },
  300_000,
);
