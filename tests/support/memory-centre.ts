import type { AnyRow, Row, Table } from '#shared/schema/table.ts';
import { grants } from '#shared/tables/grants.ts';
import { tableOfKind } from '#shared/tables/index.ts';
import { type AuditLine, EMPTY_TIP } from '../../server/audit/chain.ts';
import type {
  CentreStore,
  FeedLine,
  Head,
  History,
  KeptSegment,
  NewSegment,
  Snapshot,
  StoredRow,
  Work,
  WriteTx,
} from '../../server/store/centre-store.ts';
import { Lanes } from '../../server/store/lanes.ts';
import type { Change } from '../../server/sync/commit-clock.ts';
import { type StoredDecision, stored } from '../../server/sync/decision.ts';

interface FeedRow {
  readonly change: Change;
  readonly seq: number;
  /** Segment in which it stands. */
  readonly seg?: number;
}

interface Stream {
  readonly rows: Map<string, FeedRow>;
  readonly commits: { readonly seq: number; readonly mark: string }[];
  /** Every one ever made, dissolved ones included. */
  readonly segments: { readonly about: KeptSegment; readonly dissolved: boolean }[];
}

/** Everything a centre holds, as plain maps; `structuredClone` of it is a backup. */
export interface CentreState {
  readonly epoch: string;
  /** Table → `district/id` → row. */
  readonly rows: Map<string, Map<string, StoredRow>>;
  readonly streams: Map<string, Stream>;
  readonly decisions: Map<string, StoredDecision>;
  /** District → its chain. */
  readonly audit: Map<string, AuditLine[]>;
}

export const emptyCentre = (epoch: string): CentreState => ({
  epoch,
  rows: new Map(),
  streams: new Map(),
  decisions: new Map(),
  audit: new Map(),
});

const rowKey = (district: string, id: string): string => `${district}/${id}`;
const EVERYTHING = 'everything';

/**
 * The centre's store in memory, for the protocol simulator: one process, no timers, only resolved promises.
 * Reads and saves take turns, so a snapshot sees one moment. `beforeSave` may throw: the transaction then leaves nothing.
 */
export class MemoryCentre implements CentreStore {
  state: CentreState;
  beforeSave: () => void = () => undefined;
  readonly #districts = new Lanes();
  readonly #turns = new Lanes();

  constructor(state: CentreState) {
    this.state = state;
  }

  get epoch(): string {
    return this.state.epoch;
  }

  read<T>(work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    return this.#turns.run(EVERYTHING, () => work(snapshotOf(this.state)));
  }

  pack({ stream: name, about, rows }: NewSegment): Promise<number> {
    return this.#turns.run(EVERYTHING, async () => {
      const stream = this.state.streams.get(name);
      if (!stream) throw new Error(`nothing of ${name} is there`);
      const no = stream.segments.length + 1;
      stream.segments.push({ about: { ...about, no }, dissolved: false });
      for (const { kind, id, seq } of rows) {
        const key = `${kind}/${id}`;
        const row = stream.rows.get(key);
        if (row?.seq === seq && row.seg === undefined) stream.rows.set(key, { ...row, seg: no });
      }
      return no;
    });
  }

  dissolve(name: string, no: number): Promise<void> {
    return this.#turns.run(EVERYTHING, async () => {
      const stream = this.state.streams.get(name);
      const segment = stream?.segments[no - 1];
      if (!stream || !segment) throw new Error(`no segment ${no} of ${name}`);
      stream.segments[no - 1] = { ...segment, dissolved: true };
      for (const [key, { seg, ...row }] of stream.rows) if (seg === no) stream.rows.set(key, row);
    });
  }

  write<T>(district: string, work: (tx: WriteTx) => Promise<T>): Promise<T> {
    return this.#districts.run(district, () => {
      const { state } = this;
      return work({
        ...readerOf(state),
        ...historyOf(state),
        decided: async (mids) => pick(state.decisions, mids),
        auditTip: async () => state.audit.get(district)?.at(-1) ?? EMPTY_TIP,
        save: (saved) =>
          this.#turns.run(EVERYTHING, async () => {
            this.beforeSave();
            return save(state, district, saved);
          }),
      });
    });
  }
}

const pick = <V>(all: ReadonlyMap<string, V>, keys: readonly string[]): Map<string, V> =>
  new Map(
    keys.flatMap((key) => {
      const value = all.get(key);
      return value === undefined ? [] : [[key, value] as const];
    }),
  );

function readerOf(state: CentreState): Pick<Snapshot, 'rows' | 'grantsOf'> {
  return {
    async rows(table, district, ids) {
      const found = pick(
        state.rows.get(table.name) ?? new Map<string, StoredRow>(),
        ids.map((id) => rowKey(district, id)),
      );
      return new Map([...found.values()].map((one) => [one.row.id, one]));
    },
    async grantsOf({ districtId, officerId }) {
      const all = [...(state.rows.get(grants.name)?.values() ?? [])].map(({ row }) => row as Row<typeof grants>);
      return all.filter((grant) => grant.officerId === officerId && grant.districtId === districtId);
    },
  };
}

function historyOf(state: CentreState): History {
  const commitAt = (stream: string, seq: number) => state.streams.get(stream)?.commits.findLast((one) => one.seq <= seq);
  return {
    async head(stream): Promise<Head> {
      return { seq: 0, mark: '', ...commitAt(stream, Number.MAX_SAFE_INTEGER), floor: 0 };
    },
    commitAt: async (stream, seq) => commitAt(stream, seq),
    async lastN(officerId, device) {
      const mine = [...state.decisions.values()].filter((one) => one.actor === officerId && one.device === device);
      return Math.max(0, ...mine.map(({ n }) => n));
    },
  };
}

function snapshotOf(state: CentreState): Snapshot {
  return {
    ...readerOf(state),
    ...historyOf(state),
    heads: async () => new Map([...state.streams].map(([stream, { commits }]) => [stream, commits.at(-1)?.seq ?? 0])),
    segments: async (stream) =>
      (state.streams.get(stream)?.segments ?? []).flatMap(({ about, dissolved }) => (dissolved ? [] : [about])),
    async standing(stream) {
      const counts = new Map<number, number>();
      for (const { seg } of state.streams.get(stream)?.rows.values() ?? [])
        if (seg !== undefined) counts.set(seg, (counts.get(seg) ?? 0) + 1);
      return counts;
    },
    async feed(stream, after, limit, { packed = 0, kinds } = {}) {
      const rows = [...(state.streams.get(stream)?.rows.values() ?? [])].filter(
        ({ seq, seg, change }) =>
          seq > after && (seg === undefined || seg > packed) && (kinds === undefined || kinds.includes(change.kind)),
      );
      return rows
        .toSorted((a, b) => a.seq - b.seq)
        .slice(0, limit)
        .map((row) => feedLine(state, row));
    },
    async counts(stream) {
      const there = [...(state.streams.get(stream)?.rows.values() ?? [])].filter(({ change }) => !change.deleted);
      const kinds = Map.groupBy(there, ({ change }) => change.kind);
      return [...kinds].map(([kind, rows]) => ({ kind, n: rows.length })).toSorted((a, b) => a.kind - b.kind);
    },
  };
}

function feedLine(state: CentreState, { change, seq }: FeedRow): FeedLine {
  const { kind, districtId, id, movedTo } = change;
  const at = { kind, district: districtId, id, seq, moved: movedTo !== null };
  if (change.deleted) return { ...at, content: null };
  const stands = state.rows.get(tableOfKind.get(kind)?.name ?? '')?.get(rowKey(districtId, id));
  if (!stands) throw new Error(`the feed names a row that is not there: ${id}`);
  const { id: _id, districtId: _district, ...columns } = stands.row;
  return { ...at, content: { ver: stands.ver, json: JSON.stringify(columns) } };
}

/** One step: everything of a transaction becomes visible together with its numbers. */
function save(state: CentreState, district: string, work: Work): ReadonlyMap<string, number> {
  for (const { table, row, ver } of work.puts)
    rowsOf(state, table).set(rowKey(row.districtId, row.id), { row: stripped(table, row), ver });
  for (const { table, id } of work.removes) rowsOf(state, table).delete(rowKey(district, id));
  const heads = new Map<string, number>();
  for (const [name, changes] of Map.groupBy(work.changes, ({ stream }) => stream)) {
    const stream: Stream = state.streams.get(name) ?? { rows: new Map(), commits: [], segments: [] };
    state.streams.set(name, stream);
    const newest = new Map(changes.map((change) => [`${change.kind}/${change.id}`, change]));
    let seq = stream.commits.at(-1)?.seq ?? 0;
    for (const [key, change] of newest) stream.rows.set(key, { change, seq: ++seq });
    stream.commits.push({ seq, mark: Buffer.from(work.mark).toString('hex') });
    heads.set(name, seq);
  }
  for (const decision of work.decisions) state.decisions.set(decision.mid, stored(decision, heads));
  state.audit.set(district, [...(state.audit.get(district) ?? []), ...work.audit]);
  return heads;
}

/** Columns in the order of the definition, without what the table does not know: what a database would give back. */
const stripped = (table: Table, row: AnyRow): AnyRow => ({
  id: row.id,
  districtId: row.districtId,
  ...Object.fromEntries(Object.keys(table.columns).map((column) => [column, structuredClone(row[column])])),
});

function rowsOf(state: CentreState, table: Table): Map<string, StoredRow> {
  const rows = state.rows.get(table.name) ?? new Map<string, StoredRow>();
  state.rows.set(table.name, rows);
  return rows;
}
