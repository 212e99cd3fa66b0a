import type { CentreStore } from '../centre-store.ts';
import { Lanes } from '../lanes.ts';
import type { Database } from './pool.ts';
import { dissolve, pack } from './segment-sql.ts';
import { snapshotOver } from './snapshot.ts';
import { lockDistrict } from './write-tx.ts';

/**
 * The centre's store in PostgreSQL. Within one process the writers of a district queue before they take a connection, so
 * that waiting writers never use up the pool; between processes the district's advisory lock does the same.
 */
export function pgCentre(database: Database, epoch: string): CentreStore {
  const lanes = new Lanes();
  return {
    epoch,
    write: (district, work) =>
      lanes.run(district, () => database.transaction('read committed', async (sql) => work(await lockDistrict(sql, district)))),
    read: (work, home) => database.transaction('repeatable read, read only', (sql) => work(snapshotOver(sql, home))),
    pack: (segment) => database.transaction('read committed', (sql) => pack(sql, segment)),
    dissolve: (stream, no, now) => database.transaction('read committed', (sql) => dissolve(sql, stream, no, now)),
  };
}

/** The epoch of this database; the first who asks makes it. `candidate`: a random uuid. */
export async function readEpoch(database: Database, candidate: string): Promise<string> {
  return database.transaction('read committed', async (sql) => {
    await sql.query('lock table sync_epoch in exclusive mode');
    const { rows } = await sql.query('select epoch from sync_epoch');
    const [known] = rows as readonly { readonly epoch: string }[];
    if (known) return known.epoch;
    await sql.query('insert into sync_epoch (epoch) values ($1)', [candidate]);
    return candidate;
  });
}
