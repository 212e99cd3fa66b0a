import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { EpochKeeper } from './epoch/epoch-keeper.ts';
import { announceMissing } from './epoch/missing-bytes.ts';
import { FileStore } from './files/file-store.ts';
import { type LeaseSigner, leaseSigner } from './identity/lease.ts';
import { workstationsIn } from './identity/workstations.ts';
import { segmentFolder } from './segments/segment-files.ts';
import { mustBeDurable } from './store/durability.ts';
import { startEmbedded } from './store/embedded.ts';
import { migrate } from './store/migrate.ts';
import { Announcements, listenTo } from './store/pg/notify.ts';
import { pgCentre } from './store/pg/pg-centre.ts';
import { type Database, openDatabase } from './store/pg/pool.ts';
import { mustBeRecovered } from './store/recovered.ts';
import type { Centre } from './sync/centre.ts';
import { PokeBus } from './sync/poke-bus.ts';

type Settings = Pick<Config, 'DATABASE_URL' | 'DATA_DIR'> &
  Partial<Pick<Config, 'FILES_DIR' | 'OLDEST_PROGRAM' | 'NEWEST_PROGRAM'>>;

export interface OpenCentre {
  readonly centre: Centre;
  readonly database: Database;
  readonly leases: LeaseSigner;
  readonly pokes: PokeBus;
  readonly files: FileStore;
  readonly history: EpochKeeper;
  /** Looks for what other servers did; to be called every two seconds. */
  readonly look: () => Promise<void>;
  close(): Promise<void>;
}

interface Watch {
  readonly defect: Centre['defect'];
  readonly lost: (error: Error) => void;
  /** The database goes on with another history, and why. */
  readonly renewed?: (because: string) => void;
}

/**
 * The centre without its HTTP side: database, migrations, epoch, key, protocol. Throws in words when it could not keep its
 * promises: a database that is not durable, or whose past is not this server's.
 */
export async function openCentre(config: Settings, watch: Watch): Promise<OpenCentre> {
  mkdirSync(config.DATA_DIR, { recursive: true });
  const embedded = config.DATABASE_URL === undefined ? await startEmbedded(config.DATA_DIR) : undefined;
  const url = config.DATABASE_URL ?? embedded?.url ?? '';
  const database = openDatabase(url, { lost: watch.lost });
  const leave = async (): Promise<void> => {
    await database.close();
    await embedded?.stop();
  };
  try {
    await mustBeRecovered(database.sql);
    await mustBeDurable(database.sql);
    await migrate(database);
    const pokes = new PokeBus();
    const announcements = new Announcements(database.sql, watch.lost);
    const history = await EpochKeeper.open({ database, pokes, path: join(config.DATA_DIR, 'epoch.json') });
    const leases = await leaseSigner(database);
    const filesDir = config.FILES_DIR ?? config.DATA_DIR;
    const files = new FileStore(join(filesDir, 'files'));
    const centre: Centre = {
      store: pgCentre(database, history),
      segments: segmentFolder(join(filesDir, 'segments')),
      now: Date.now,
      mark: () => randomBytes(8),
      workstations: workstationsIn(database.sql),
      programs: { oldest: config.OLDEST_PROGRAM ?? null, newest: config.NEWEST_PROGRAM ?? null },
      signLease: (claims) => leases.sign(claims),
      committed(heads) {
        pokes.publish(heads);
        announcements.say(heads);
      },
      defect: watch.defect,
    };
    /** What came back with the database says of files that they are here; those that are not are asked for again. */
    const mend = async (): Promise<void> => {
      if (history.because === undefined) return;
      watch.renewed?.(history.because);
      await announceMissing({ centre, database, files });
    };
    await mend();
    const stopListening = listenTo(url, { hear: (heads) => pokes.publish(heads), lost: watch.lost });
    return {
      centre,
      database,
      leases,
      pokes,
      files,
      history,
      async look() {
        if (await history.look(centre.now())) await mend();
      },
      async close() {
        await stopListening();
        try {
          await announcements.flush();
          await history.write(centre.now());
        } finally {
          await leave();
        }
      },
    };
  } catch (error) {
    await leave();
    throw error;
  }
}
