import type { Database } from '../store/pg/pool.ts';
import type { Centre } from '../sync/centre.ts';
import { packAll } from '../segments/pack.ts';
import { type Pruned, prune } from './prune.ts';

/** Whoever packs or prunes holds it. */
export const NIGHT_LOCK = 17_802;

export type NightReport = ({ readonly packed: number } & Pruned) | { readonly elsewhere: true };

export interface Night {
  readonly centre: Centre;
  readonly database: Database;
  readonly files: { sweep(now: number): Promise<void> };
}

/** Packs, then prunes, then sweeps what was left of uploads. One server of a database does it; the others find the lock taken. */
export async function night({ centre, database, files }: Night, now: number, stop?: AbortSignal): Promise<NightReport> {
  await files.sweep(now);
  const report = await database.alone(NIGHT_LOCK, async () => {
    const packed = await packAll(centre, now, stop);
    return { packed, ...(await prune(database, now)) };
  });
  return report ?? { elsewhere: true };
}
