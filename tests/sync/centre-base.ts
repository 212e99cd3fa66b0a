/** What lies under the simulated centre: plain maps (protocol level) or a real PostgreSQL (code level, pg-base.ts). */
import type { AnyRow } from '#shared/schema/table.ts';
import type { AuditLine } from '../../server/audit/chain.ts';
import type { CentreStore, StoredRow } from '../../server/store/centre-store.ts';
import type { StoredDecision } from '../../server/sync/decision.ts';
import { type CentreState, emptyCentre, MemoryCentre } from '../support/memory-centre.ts';

/** One row of a stream's feed. */
export interface Fed {
  readonly kind: number;
  readonly districtId: string;
  readonly id: string;
  readonly seq: number;
  readonly deleted: boolean;
}

/** Everything the centre holds at one moment, as the oracle reads it. */
export interface Truth {
  readonly epoch: string;
  readonly streams: ReadonlyMap<
    string,
    { readonly commits: readonly { readonly seq: number; readonly mark: string }[]; readonly feed: readonly Fed[] }
  >;
  /** Table → `district/id` → row. */
  readonly rows: ReadonlyMap<string, ReadonlyMap<string, StoredRow>>;
  readonly decisions: ReadonlyMap<string, StoredDecision>;
  /** District → its chain. */
  readonly audit: ReadonlyMap<string, readonly AuditLine[]>;
}

export const rowAt = (truth: Truth, table: string, districtId: string, id: string): AnyRow | undefined =>
  truth.rows.get(table)?.get(`${districtId}/${id}`)?.row;

export const headOf = (truth: Truth, stream: string): number => truth.streams.get(stream)?.commits.at(-1)?.seq ?? 0;

export interface CentreBase {
  /** The store as the protocol code gets it; its epoch is that of the base. */
  readonly store: CentreStore;
  truth(): Promise<Truth>;
  backup(): Promise<void>;
  /** Goes back to one of the backups; `epoch`: the name of the new history, or the old one where nobody noticed. */
  restore(backup: number, epoch: string): Promise<void>;
  renameEpoch(epoch: string): Promise<void>;
  /** How many backups there are. */
  backups(): number;
}

export function memoryBase(epoch: string): CentreBase {
  const store = new MemoryCentre(emptyCentre(epoch));
  const kept: CentreState[] = [];
  return {
    store,
    truth: async () => truthOf(store.state),
    async backup() {
      kept.push(structuredClone(store.state));
    },
    async restore(backup, name) {
      const state = kept[backup];
      if (state) store.state = { ...structuredClone(state), epoch: name };
    },
    async renameEpoch(name) {
      store.state = { ...store.state, epoch: name };
    },
    backups: () => kept.length,
  };
}

function truthOf({ epoch, streams, rows, decisions, audit }: CentreState): Truth {
  const fed = [...streams].map(([name, { commits, rows: feed }]) => {
    const lines = [...feed.values()].map(({ change: { kind, districtId, id, deleted }, seq }) => ({
      kind,
      districtId,
      id,
      deleted,
      seq,
    }));
    return [name, { commits, feed: lines }] as const;
  });
  return { epoch, streams: new Map(fed), rows, decisions, audit };
}
