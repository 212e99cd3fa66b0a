import type { Person } from '../store/centre-store.ts';
import type { Sql } from '../sync/commit-clock.ts';

/** What a workstation says of itself when it greets. */
export interface Greeting {
  readonly deviceName: string;
  readonly app: string;
  /** Streams it no longer has and has given up. */
  readonly dropped: readonly string[];
  /** Everything of the officer there is destroyed. */
  readonly wiped: boolean;
}

export interface Workstations {
  /** Notes that it was here; answers whether it is to be wiped. */
  greet(session: Person & { readonly device: string }, greeting: Greeting, now: number): Promise<{ readonly wipe: boolean }>;
}

/** A workstation that only says it is still there is noted this seldom. */
const NOTE_EVERY_MS = 5 * 60_000;

const FIND = `select device_name as "deviceName", app, seen_at as "seenAt", wipe_asked_at is not null and wiped_at is null as wipe
  from workstation where district_id = $1 and officer_id = $2 and device = $3`;

const NOTE = `insert into workstation (district_id, officer_id, device, device_name, app, seen_at, dropped, wiped_at)
  values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8)
  on conflict (district_id, officer_id, device) do update set device_name = excluded.device_name, app = excluded.app,
    seen_at = excluded.seen_at, dropped = workstation.dropped || excluded.dropped,
    wiped_at = coalesce(workstation.wiped_at, excluded.wiped_at)`;

interface Known {
  readonly deviceName: string;
  readonly app: string;
  readonly seenAt: number;
  readonly wipe: boolean;
}

export const workstationsIn = (sql: Sql): Workstations => ({
  async greet({ districtId, officerId, device }, { deviceName, app, dropped, wiped }, now) {
    const { rows } = await sql.query(FIND, [districtId, officerId, device]);
    const [known] = rows as readonly Known[];
    const same = known?.deviceName === deviceName && known.app === app && now - known.seenAt < NOTE_EVERY_MS;
    if (!same || dropped.length > 0 || wiped) {
      const given = JSON.stringify(dropped.map((stream) => ({ stream, at: now })));
      await sql.query(NOTE, [districtId, officerId, device, deviceName, app, now, given, wiped ? now : null]);
    }
    return { wipe: known?.wipe === true && !wiped };
  },
});

/** Asks for everything on this workstation to be destroyed the next time it greets; answers how many officers it serves. */
export async function askWipe(sql: Sql, device: string, now: number): Promise<number> {
  const { rows } = await sql.query(
    'update workstation set wipe_asked_at = $2, wiped_at = null where device = $1 returning officer_id',
    [device, now],
  );
  return rows.length;
}

/** Every workstation that ever greeted, the newest first. */
export async function listWorkstations(sql: Sql): Promise<readonly Record<string, unknown>[]> {
  const { rows } = await sql.query(`select device, device_name, district_id, officer_id, app, seen_at, wipe_asked_at, wiped_at,
    jsonb_array_length(dropped) as dropped from workstation order by seen_at desc`);
  return rows as readonly Record<string, unknown>[];
}
