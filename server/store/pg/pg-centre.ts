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
export function pgCentre(database: Database, history: { readonly epoch: string }): CentreStore {
  const lanes = new Lanes();
  return {
    get epoch() {
      return history.epoch;
    },
    write: (district, work) =>
      lanes.run(district, () => database.transaction('read committed', async (sql) => work(await lockDistrict(sql, district)))),
    read: (work, home) => database.transaction('repeatable read, read only', (sql) => work(snapshotOver(sql, home))),
    pack: (segment) => database.transaction('read committed', (sql) => pack(sql, segment)),
    dissolve: (stream, no, now) => database.transaction('read committed', (sql) => dissolve(sql, stream, no, now)),
  };
}
