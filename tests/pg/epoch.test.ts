import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { EpochKeeper } from '../../server/epoch/epoch-keeper.ts';
import { announceMissing } from '../../server/epoch/missing-bytes.ts';
import { FileStore } from '../../server/files/file-store.ts';
import { pgCentre } from '../../server/store/pg/pg-centre.ts';
import { type Database, openDatabase } from '../../server/store/pg/pool.ts';
import type { Centre } from '../../server/sync/centre.ts';
import { applyAsSystem } from '../../server/sync/machine.ts';
import { PokeBus } from '../../server/sync/poke-bus.ts';
import { centreOf, enrol } from '../support/centre-of.ts';
import { attachmentArgs, subjectArgs } from '../support/commands.ts';
import { pullPage } from '../support/read-page.ts';
import { type Cluster, startCluster } from './cluster.ts';

const NOW = 1_900_000_000_000;
let cluster: Cluster;
let dir: string;
let url: string;
const open: Database[] = [];

beforeAll(async () => {
  cluster = await startCluster();
}, 120_000);
afterAll(() => cluster.stop());

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'epoch-'));
  url = await cluster.newDatabase();
  return async () => {
    await Promise.all(open.splice(0).map((database) => database.close()));
    rmSync(dir, { recursive: true, force: true });
  };
});

interface Server {
  readonly history: EpochKeeper;
  readonly centre: Centre;
  readonly database: Database;
  readonly pokes: PokeBus;
}

/** A server with a memory of its own, `file`. */
async function serve(file = 'epoch.json', at = url): Promise<Server> {
  const database = openDatabase(at, { max: 4 });
  open.push(database);
  const pokes = new PokeBus();
  const history = await EpochKeeper.open({ database, pokes, path: join(dir, file) });
  const committed = (heads: ReadonlyMap<string, number>): void => pokes.publish(heads);
  const centre = centreOf(pgCentre(database, history), { committed, mark: () => randomBytes(8) });
  return { database, pokes, history, centre };
}

const register = ({ centre }: Server, ...ids: readonly string[]) =>
  applyAsSystem(
    centre,
    '620102',
    ids.map((id) => ({ name: 'subjects.register', args: subjectArgs(id), at: 1 })),
    { batch: 1 },
  );

const seen = () => (JSON.parse(readFileSync(join(dir, 'epoch.json'), 'utf8')) as { heads: Record<string, number> }).heads;

/** Undoes everything after the head was `seq`, as a backup of that moment would. */
async function restore({ database }: Server, seq: number): Promise<void> {
  await database.sql.query(`update sync_head set seq = $1 where stream = 'd:620102'`, [seq]);
  await database.sql.query(`delete from sync_row where stream = 'd:620102' and seq > $1`, [seq]);
  await database.sql.query(`delete from sync_commit where stream = 'd:620102' and seq_to > $1`, [seq]);
}

const reasons = async ({ database }: Server): Promise<readonly string[]> => {
  const { rows } = await database.sql.query('select reason from sync_epoch order by since');
  return (rows as readonly { readonly reason: string }[]).map(({ reason }) => reason);
};

test('started again, the same database goes on with its epoch; so does a server that never saw it', async () => {
  const first = await serve();
  await register(first, 's1');
  await first.history.write();
  const [again, other] = [await serve(), await serve('other.json')];
  expect([again.history.epoch, other.history.epoch]).toEqual([first.history.epoch, first.history.epoch]);
  expect([first.history.begun, again.history.begun, other.history.begun]).toEqual([1, 0, 0]);
});

test('a database that was restored while nothing ran goes on with a new epoch, and every server learns the same one', async () => {
  const [first, second] = [await serve(), await serve('other.json')];
  await register(first, 's1', 's2', 's3');
  await second.history.look(NOW);
  await Promise.all([first.history.write(), second.history.write()]);
  await restore(first, 2);
  const after = await Promise.all([serve(), serve('other.json')]);
  expect(new Set(after.map(({ history }) => history.epoch)).size).toBe(1);
  expect(after[0].history.epoch).not.toBe(first.history.epoch);
  expect(await reasons(first)).toEqual(['the database is new', 'the head of d:620102 fell from 3 to 2']);
});

test('a restore beneath a running server is noticed at the next look, once, and who listens is told to ask anew', async () => {
  const [first, second] = [await serve(), await serve('other.json')];
  await register(first, 's1', 's2', 's3');
  await second.history.look(NOW);
  let renewed = 0;
  second.pokes.subscribe({ hear: () => undefined, renewed: () => void renewed++ });
  const before = first.history.epoch;
  await restore(first, 1);
  expect(await first.history.look(NOW)).toBe(true);
  expect(await second.history.look(NOW)).toBe(true);
  expect([await first.history.look(NOW), await second.history.look(NOW)]).toEqual([false, false]);
  expect([second.centre.store.epoch, renewed]).toEqual([first.centre.store.epoch, 1]);
  expect(first.centre.store.epoch).not.toBe(before);
  expect(await reasons(first)).toHaveLength(2);
});

test('a server that saw nothing fall goes over to the epoch another one began', async () => {
  const [first, blind] = [await serve(), await serve('other.json')];
  await register(first, 's1', 's2');
  await restore(first, 1);
  expect([await first.history.look(NOW), await blind.history.look(NOW)]).toEqual([true, true]);
  expect([blind.centre.store.epoch, blind.history.because]).toEqual([first.centre.store.epoch, undefined]);
});

test('commits while the heads are read are no sign of a restore', async () => {
  const first = await serve();
  const writing = register(first, ...Array.from({ length: 40 }, (_, i) => `s${i}`));
  for (let i = 0; i < 40; i++) expect(await first.history.look(NOW)).toBe(false);
  await writing;
  expect(await reasons(first)).toHaveLength(1);
});

test('the file is written at most every half minute, and says what was seen', async () => {
  const first = await serve();
  await first.history.look(NOW);
  await register(first, 's1');
  await first.history.look(NOW + 29_999);
  expect(seen()).toEqual({});
  await first.history.look(NOW + 30_000);
  expect(seen()).toEqual({ 'd:620102': 1 });
});

test('a dump brought into another PostgreSQL is another history also where nobody remembers', async () => {
  const first = await serve();
  await first.database.sql.query(`update sync_epoch set pg_system_id = '1'`);
  const [fresh] = [await serve('fresh.json')];
  expect(fresh.history.because).toMatch('another PostgreSQL');
});

test('an epoch of before its reasons were written gets its database and stays', async () => {
  const first = await serve();
  await first.database.sql.query('update sync_epoch set pg_system_id = null, pg_timeline = null');
  const again = await serve();
  expect([again.history.epoch, again.history.because]).toEqual([first.history.epoch, undefined]);
  const { rows } = await first.database.sql.query('select pg_system_id is not null as known from sync_epoch');
  expect(rows).toEqual([{ known: true }]);
});

test('a memory that cannot be read is no memory to rely on: the history is another, and the file is whole again', async () => {
  const first = await serve();
  writeFileSync(join(dir, 'epoch.json'), '{"epoch":');
  const again = await serve();
  expect([again.history.epoch === first.history.epoch, again.history.because]).toEqual([
    false,
    'what this server remembered cannot be read',
  ]);
  expect((await serve()).history.epoch).toBe(again.history.epoch);
});

test('an attachment whose bytes did not come back with the database is awaited again, the others are left alone', async () => {
  const server = await serve();
  const wang = await enrol(server.centre, 'o-wang');
  const [here, gone] = ['a'.repeat(64), 'b'.repeat(64)];
  await register(server, 's1');
  await applyAsSystem(server.centre, '620102', [
    { name: 'attachments.announce', at: 1, args: attachmentArgs('a1', here, 'stored') },
    { name: 'attachments.announce', at: 1, args: attachmentArgs('a2', gone, 'stored') },
  ]);
  const files = new FileStore(join(dir, 'files'));
  writeFileSync(join(dir, 'part'), 'x');
  await files.take(join(dir, 'part'), here);
  await announceMissing({ ...server, files });
  await announceMissing({ ...server, files });
  const { rows } = await pullPage(server.centre, wang, 'd:620102');
  const states = rows.flatMap((row) => ('r' in row && row.k === 13 ? [[row.id, row.v, row.r['state']]] : []));
  expect(states).toEqual([
    ['a1', 1, 'stored'],
    ['a2', 2, 'announced'],
  ]);
});
