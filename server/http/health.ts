import { statfs } from 'node:fs/promises';
import { diskPressure } from '#shared/host/disk-pressure.ts';
import { pending } from '../store/migrate.ts';
import type { Database } from '../store/pg/pool.ts';

interface Health {
  readonly ok: boolean;
  /** It is being stopped: send nobody here any more. */
  readonly draining: boolean;
  readonly database: boolean;
  readonly migrations: boolean;
  readonly disk: boolean;
}

/** Can the centre do its work: it is not being stopped, the database answers, is fully migrated, and there is room on the disk. */
export async function health(database: Database, dataDir: string, draining: boolean): Promise<Health> {
  const migrations = await pending(database.sql).then(
    (missing) => ({ answers: true, complete: missing.length === 0 }),
    () => ({ answers: false, complete: false }), // the reason is in the log of whoever asked; here only whether
  );
  const { bavail, bsize } = await statfs(dataDir);
  const disk = ['fine', 'low'].includes(diskPressure(bavail * bsize));
  const [answers, complete] = [migrations.answers, migrations.complete];
  return { ok: !draining && answers && complete && disk, draining, database: answers, migrations: complete, disk };
}
