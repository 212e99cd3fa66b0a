/** What the centre's part costs beside what its PostgreSQL could do at the most. */
import { execFileSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { districtStream } from '#shared/schema/stream.ts';
import { tableOfKind } from '#shared/tables/index.ts';
import { subjects } from '#shared/tables/subjects.ts';
import type { OpenCentre } from '../../server/open-centre.ts';
import { CHENGGUAN } from '../../server/seed/districts.ts';
import { officerIdOf } from '../../server/seed/demo-accounts.ts';
import { type Database, openDatabase } from '../../server/store/pg/pool.ts';
import { lockDistrict } from '../../server/store/pg/write-tx.ts';
import { commitChanges, type Sql } from '../../server/sync/commit-clock.ts';
import { applyAsSystem } from '../../server/sync/machine.ts';
import { pull } from '../../server/sync/pull.ts';
import type { Cell, Figures } from '../cell.ts';
import { atCentre } from '../stage/seeded.ts';
import type { Stage } from '../stage/stage.ts';

const STREAM = districtStream(CHENGGUAN.code);
const TURNS = 3;
const WRITERS = 8;
const WRITING_MS = 3000;
const PER_COMMIT = 50;
const compress = promisify(gzip);

export const database: Cell = {
  name: 'database',
  run: (stage) =>
    stage.withCentre(async (kept) => {
      const pulled = await atCentre(kept, async (open) => ({
        ...(await pulls(open, kept.databaseUrl)),
        ...(await decisions(open, stage)),
      }));
      const written = openDatabase(kept.databaseUrl, { max: WRITERS });
      try {
        return { ...pulled, ...(await commits(written)) };
      } finally {
        await written.close();
      }
    }),
};

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** All pages of the district, packed as they are sent, beside `COPY` of the same rows, in turns. */
async function pulls({ centre }: OpenCentre, url: string): Promise<Figures> {
  const session = { officerId: officerIdOf('chengguan01'), districtId: CHENGGUAN.code, device: randomUUID() };
  const kinds = await centre.store.read((moment) => moment.counts(STREAM), CHENGGUAN.code);
  const tables = kinds.flatMap(({ kind }) => tableOfKind.get(kind)?.name ?? []);
  const [ours, copied]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < TURNS; turn++) {
    const before = performance.now();
    for (let query = new URLSearchParams({ stream: STREAM }); ; ) {
      const page = await pull(centre, session, Object.fromEntries(query));
      await compress(page, { level: 1 });
      const end = JSON.parse(page.slice(page.lastIndexOf('\n', page.length - 2))) as Readonly<
        Record<'seq' | 'mark' | 'more', unknown>
      >;
      if (end.more !== true) break;
      query = new URLSearchParams({ stream: STREAM, seq: String(end.seq), mark: String(end.mark) });
    }
    ours.push(performance.now() - before);
    const began = performance.now();
    copy(url, tables);
    copied.push(performance.now() - began);
  }
  return { pull: median(ours), copy: median(copied) };
}

/** The fastest way out of a PostgreSQL there is, with the program that comes with it. */
function copy(url: string, tables: readonly string[]): void {
  const { port, password, pathname } = new URL(url);
  const env = { ...process.env, PGPASSWORD: password };
  const statements = tables.flatMap((table) => [
    '-c',
    `copy (select row_to_json(t)::text from "${table}" t where "districtId" = '${CHENGGUAN.code}') to stdout`,
  ]);
  execFileSync('psql', ['-qAt', '-h', '127.0.0.1', '-p', port, '-U', 'postgres', '-d', pathname.slice(1), ...statements], {
    env,
    maxBuffer: 1024 ** 3,
  });
}

/** Subjects registered by a machine: rules, audit lines, decisions and all. */
async function decisions({ centre }: OpenCentre, { rows }: Stage): Promise<Figures> {
  const commands = rows.flatMap(({ table, state, at: _at, subjectId: _subjectId, seq: _seq, ver: _ver, ...columns }) =>
    table === 'subjects' ? [{ name: 'subjects.register', args: { ...columns, state, id: randomUUID() }, at: centre.now() }] : [],
  );
  const began = performance.now();
  const [odd] = await applyAsSystem(centre, CHENGGUAN.code, commands, { batch: PER_COMMIT });
  if (odd) throw new Error(`refused: ${odd.code}`);
  return { decided: (commands.length * 1000) / (performance.now() - began) };
}

const ROW = `insert into bench_row (district, payload) values ($1, repeat('x', 400)) returning id`;

const write = (sql: Sql, district: string) => sql.query(ROW, [district]);
const districtOf = (writer: number): string => String(629_900 + writer);

/** Commits a second, each of one row of 400 bytes: by itself, and as the centre commits, in eight districts and in one. */
async function commits(db: Database): Promise<Figures> {
  await db.sql.query('create table bench_row (id bigserial primary key, district text, payload text)');
  const plain = (district: string) => db.transaction('read committed', (sql) => write(sql, district));
  const clocked = (district: string) =>
    db.transaction('read committed', async (sql) => {
      await lockDistrict(sql, district);
      const { rows } = await write(sql, district);
      const { id } = rows[0] as { readonly id: number };
      const change = {
        stream: districtStream(district),
        districtId: district,
        kind: subjects.kind,
        id: `b${id}`,
        deleted: false,
        movedTo: null,
      };
      await commitChanges(sql, [change], randomBytes(8));
    });
  return {
    'plain insert': await perSecond((writer) => plain(districtOf(writer))),
    'eight clocks': await perSecond((writer) => clocked(districtOf(writer))),
    'one clock': await perSecond(() => clocked(districtOf(0))),
  };
}

/** How often a second eight writers do it. */
async function perSecond(once: (writer: number) => Promise<unknown>): Promise<number> {
  const began = performance.now();
  const done = await Promise.all(
    Array.from({ length: WRITERS }, async (_, writer) => {
      let count = 0;
      for (; performance.now() - began < WRITING_MS; count++) await once(writer);
      return count;
    }),
  );
  return (done.reduce((sum, count) => sum + count, 0) * 1000) / (performance.now() - began);
}
