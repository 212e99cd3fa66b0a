import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { type LeaseSigner, leaseSigner } from './identity/lease.ts';
import { workstationsIn } from './identity/workstations.ts';
import { segmentFolder } from './segments/segment-files.ts';
import { mustBeDurable } from './store/durability.ts';
import { startEmbedded } from './store/embedded.ts';
import { migrate } from './store/migrate.ts';
import { pgCentre, readEpoch } from './store/pg/pg-centre.ts';
import { type Database, openDatabase } from './store/pg/pool.ts';
import type { Centre } from './sync/centre.ts';
import { PokeBus } from './sync/poke-bus.ts';

type Settings = Pick<Config, 'DATABASE_URL' | 'DATA_DIR'> & Partial<Pick<Config, 'OLDEST_PROGRAM' | 'NEWEST_PROGRAM'>>;

export interface OpenCentre {
  readonly centre: Centre;
  readonly database: Database;
  readonly leases: LeaseSigner;
  readonly pokes: PokeBus;
  close(): Promise<void>;
}

interface Watch {
  readonly defect: Centre['defect'];
  readonly lost: (error: Error) => void;
}

/**
 * The centre without its HTTP side: database, migrations, epoch, key, protocol. Throws in words when it could not keep its
 * promises: a database that is not durable, or whose past is not this server's.
 */
export async function openCentre(config: Settings, watch: Watch): Promise<OpenCentre> {
  mkdirSync(config.DATA_DIR, { recursive: true });
  const embedded = config.DATABASE_URL === undefined ? await startEmbedded(config.DATA_DIR) : undefined;
  const database = openDatabase(config.DATABASE_URL ?? embedded?.url ?? '', { lost: watch.lost });
  const close = async (): Promise<void> => {
    await database.close();
    await embedded?.stop();
  };
  try {
    await mustBeDurable(database.sql);
    await migrate(database);
    const store = pgCentre(database, await readEpoch(database, randomUUID()));
    const leases = await leaseSigner(database);
    const pokes = new PokeBus();
    const centre: Centre = {
      store,
      segments: segmentFolder(join(config.DATA_DIR, 'segments')),
      now: Date.now,
      mark: () => randomBytes(8),
      workstations: workstationsIn(database.sql),
      programs: { oldest: config.OLDEST_PROGRAM ?? null, newest: config.NEWEST_PROGRAM ?? null },
      signLease: (claims) => leases.sign(claims),
      committed: (heads) => pokes.publish(heads),
      defect: watch.defect,
    };
    return { centre, database, leases, pokes, close };
  } catch (error) {
    await close();
    throw error;
  }
}
