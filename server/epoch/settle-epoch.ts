import { readHeads } from '../store/pg/heads.ts';
import type { Database } from '../store/pg/pool.ts';
import { type Base, type Memory, type Remembered, whyNew } from './why-new.ts';

export interface Settled extends Pick<Remembered, 'epoch' | 'systemId' | 'timeline'> {
  /** Why it was begun just now; undefined when it was there. */
  readonly because: string | undefined;
}

const EPOCHS = `select epoch, pg_system_id as "systemId", pg_timeline as timeline from sync_epoch order by since`;

/** The timeline is read from the name of the file being written: after a recovery the last checkpoint may still name the old one. */
const SYSTEM = `select system_identifier::text as "systemId",
  ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int as timeline from pg_control_system()`;

/** Later than every one before, whatever the clock says. */
const BEGIN = `insert into sync_epoch (epoch, since, reason, pg_system_id, pg_timeline)
  select $1, greatest(clock_timestamp(), max(since) + interval '1 microsecond'), $2, $3, $4 from sync_epoch`;

const ADD_SYSTEM = 'update sync_epoch set pg_system_id = $2, pg_timeline = $3 where epoch = $1 and pg_system_id is null';

/**
 * The epoch under which this database goes on: the newest it has, or `candidate`, a random uuid, where its history is not what
 * `remembered` says. Servers that ask together get the same answer.
 */
export async function settleEpoch(database: Database, candidate: string, remembered?: Memory): Promise<Settled> {
  return database.transaction('read committed', async (sql) => {
    await sql.query('lock table sync_epoch in exclusive mode');
    const epochs = (await sql.query(EPOCHS)).rows as Base['epochs'];
    const [system] = (await sql.query(SYSTEM)).rows as readonly Pick<Base, 'systemId' | 'timeline'>[];
    if (!system) throw new Error('the database does not say which one it is');
    const because = whyNew(remembered, { ...system, epochs, heads: await readHeads(sql) });
    const latest = epochs.at(-1);
    if (because === undefined && latest) {
      await sql.query(ADD_SYSTEM, [latest.epoch, system.systemId, system.timeline]);
      return { ...system, epoch: latest.epoch, because };
    }
    await sql.query(BEGIN, [candidate, because, system.systemId, system.timeline]);
    return { ...system, epoch: candidate, because };
  });
}

/** The newest epoch, whoever began it. */
export async function newestEpoch(database: Database): Promise<string | undefined> {
  const epochs = (await database.sql.query(EPOCHS)).rows as Base['epochs'];
  return epochs.at(-1)?.epoch;
}
