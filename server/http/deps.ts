import type { FastifyBaseLogger } from 'fastify';
import type { EpochKeeper } from '../epoch/epoch-keeper.ts';
import type { FileStore } from '../files/file-store.ts';
import type { LeaseSigner } from '../identity/lease.ts';
import type { Database } from '../store/pg/pool.ts';
import type { Centre } from '../sync/centre.ts';
import type { PokeBus } from '../sync/poke-bus.ts';

/** What the HTTP side is built over. */
export interface AppDeps {
  readonly centre: Centre;
  readonly database: Database;
  readonly leases: LeaseSigner;
  readonly pokes: PokeBus;
  readonly history: Pick<EpochKeeper, 'begun'>;
  /** Looks for what other servers did. */
  readonly look: () => Promise<void>;
  readonly files: FileStore;
  readonly dataDir: string;
  /** Origins of the workstation's pages. */
  readonly origins: readonly string[];
  readonly log?: FastifyBaseLogger;
}
