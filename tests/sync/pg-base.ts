/** The simulated centre on a real PostgreSQL: one database, emptied for each history; a backup is a copy of its tables beside them. */
import { openDatabase } from '../../server/store/pg/pool.ts';
import { pgCentre } from '../../server/store/pg/pg-centre.ts';
import type { AuditLine } from '../../server/audit/chain.ts';
import type { StoredRow } from '../../server/store/centre-store.ts';
import type { StoredDecision } from '../../server/sync/decision.ts';
import { tableOfKind } from '#shared/tables/index.ts';
import type { CentreBase, Fed, Truth } from './centre-base.ts';
import type { Busy } from './busy.ts';

const TABLES = `select table_name as name from information_schema.tables
  where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not in ('schema_migration', 'sync_epoch')`;
const COMMITS = `select stream, seq_to as seq, encode(mark, 'hex') as mark from sync_commit order by stream, seq_to`;
const DECISIONS = `select mid, district_id as district, device, n, actor, name, v, encode(payload, 'hex') as payload,
  status, code, detail, conflicts, heads, at, received_at as "receivedAt" from sync_mutation`;
const AUDIT = `select district_id as district, no, mid, actor, device, name, target, status, code, received_at as "receivedAt",
  encode(args_digest, 'hex') as "argsDigest", encode(hash, 'hex') as hash from audit order by district_id, no`;

const EVERYTHING = 1_000_000;

interface Opened {
  /** An empty base for a new history. */
  emptied(epoch: string): Promise<CentreBase>;
  close(): Promise<void>;
}

/** `home`: the district whose officers work in the history. */
export async function openPgBase(url: string, home: string, busy: Busy): Promise<Opened> {
  const database = openDatabase(url, { max: 4 });
  const history = { epoch: '' };
  const store = pgCentre(database, history);
  const names = ((await database.sql.query(TABLES)).rows as readonly { readonly name: string }[]).map(({ name }) => `"${name}"`);
  const each = (text: (name: string) => string): Promise<unknown> => database.sql.query(names.map(text).join(';\n'));
  let backups = 0;

  async function truth(): Promise<Truth> {
    const commits = Map.groupBy(await all<{ stream: string; seq: number; mark: string }>(COMMITS), ({ stream }) => stream);
    const rows = new Map<string, Map<string, StoredRow>>();
    const streams = new Map<string, Truth['streams'] extends ReadonlyMap<string, infer S> ? S : never>();
    await store.read(async (moment) => {
      for (const stream of (await moment.heads()).keys()) {
        const feed: Fed[] = [];
        for (const { kind, district: districtId, id, seq, content } of await moment.feed(stream, 0, EVERYTHING)) {
          feed.push({ kind, districtId, id, seq, deleted: content === null });
          if (content) put(rows, tableOfKind.get(kind)?.name ?? '', districtId, id, content);
        }
        streams.set(stream, { commits: commits.get(stream) ?? [], feed });
      }
    }, home);
    const decisions = new Map((await all<StoredDecision>(DECISIONS)).map((decision) => [decision.mid, decision]));
    const audit = Map.groupBy(await all<AuditLine>(AUDIT), ({ district }) => district);
    return { epoch: history.epoch, streams, rows, decisions, audit };
  }

  async function all<T>(text: string): Promise<readonly T[]> {
    return (await database.sql.query(text)).rows as readonly T[];
  }

  const base: CentreBase = {
    store: {
      get epoch() {
        return history.epoch;
      },
      read: (work, district) => busy.with(store.read(work, district)),
      write: (district, work) => busy.with(store.write(district, work)),
      pack: (segment) => busy.with(store.pack(segment)),
      dissolve: (stream, no, now) => busy.with(store.dissolve(stream, no, now)),
    },
    truth,
    async backup() {
      const schema = `backup_${backups++}`;
      await database.sql.query(`drop schema if exists ${schema} cascade; create schema ${schema}`);
      await each((name) => `create table ${schema}.${name} as table public.${name}`);
    },
    async restore(backup, epoch) {
      await database.sql.query(`truncate ${names.join(', ')}`);
      await each((name) => `insert into public.${name} select * from backup_${backup}.${name}`);
      history.epoch = epoch;
    },
    async renameEpoch(epoch) {
      history.epoch = epoch;
    },
    backups: () => backups,
  };

  return {
    async emptied(epoch) {
      await database.sql.query(`truncate ${names.join(', ')}`);
      backups = 0;
      history.epoch = epoch;
      return base;
    },
    close: () => database.close(),
  };
}

function put(
  rows: Map<string, Map<string, StoredRow>>,
  table: string,
  districtId: string,
  id: string,
  { ver, json }: { readonly ver: number; readonly json: string },
): void {
  const all = rows.get(table) ?? new Map<string, StoredRow>();
  rows.set(table, all);
  all.set(`${districtId}/${id}`, { row: { id, districtId, ...(JSON.parse(json) as Record<string, unknown>) }, ver });
}
