import { CITY } from '#shared/schema/stream.ts';
import { grants } from '#shared/tables/grants.ts';
import { hasDemoAccounts, putAccounts } from '../identity/accounts.ts';
import { packAll } from '../segments/pack.ts';
import type { Centre } from '../sync/centre.ts';
import type { Sql } from '../sync/commit-clock.ts';
import { applyAsSystem } from '../sync/machine.ts';
import { DAY_MS } from './calendar.ts';
import { demonstrationCity, REGISTERED_DAYS_AGO } from './city.ts';
import type { SeedCommand } from './command.ts';
import { DEMO_PASSWORD } from './demo-accounts.ts';
import type { Size } from './plan.ts';

/** How many rows of each table came into being. */
export type Loaded = ReadonlyMap<string, number>;

/** Commands kept in memory at once. */
const CHUNK = 4000;

/** The commands in order, cut where the district changes and into portions. */
function* portions(commands: Iterable<SeedCommand>): Generator<readonly [district: string, SeedCommand[]]> {
  let portion: SeedCommand[] = [];
  for (const command of commands) {
    const district = portion[0]?.district;
    if (district !== undefined && (district !== command.district || portion.length === CHUNK)) {
      yield [district, portion];
      portion = [];
    }
    portion.push(command);
  }
  const [first] = portion;
  if (first) yield [first.district, portion];
}

/** The day of a seeding that was cut off, ms; `undefined` when none was begun. Its earliest grant says it. */
async function begunAt(centre: Centre): Promise<number | undefined> {
  const id = 'g-city01-d620102';
  const found = await centre.store.read((snapshot) => snapshot.rows(grants, CITY, [id]), CITY);
  const since = found.get(id)?.row['since'];
  return typeof since === 'number' ? since + REGISTERED_DAYS_AGO * DAY_MS : undefined;
}

/**
 * Brings the demonstration city into a centre through the door for machines, its accounts last, and makes it ready for first
 * loads. Where the accounts are there already nothing changes and the answer is `undefined`; a seeding that was cut off goes on with the day it was begun on.
 * Throws when something is refused: then the database holds other rows than these.
 */
export async function loadCity(centre: Centre, sql: Sql, size: Size, now: number): Promise<Loaded | undefined> {
  if (await hasDemoAccounts(sql)) return undefined;
  const loaded = new Map<string, number>();
  const accounts: Parameters<typeof putAccounts>[1][number][] = [];
  for (const [district, commands] of portions(demonstrationCity(size, (await begunAt(centre)) ?? now))) {
    const [odd] = await applyAsSystem(centre, district, commands);
    if (odd) throw new Error(`${odd.command.name} was refused (${odd.code}): the database holds other rows than this city's`);
    for (const { name, args } of commands) {
      const table = name.slice(0, name.indexOf('.'));
      loaded.set(table, (loaded.get(table) ?? 0) + 1);
      if (table === 'officers')
        accounts.push({ account: args['account'] as string, districtId: district, officerId: args['id'] as string });
    }
  }
  await putAccounts(sql, accounts, { password: DEMO_PASSWORD, demo: true });
  await sql.query('analyze');
  await packAll(centre, now);
  return loaded;
}
