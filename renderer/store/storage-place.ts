/**
 * Where this workstation's databases are. Chromium answers a database whose files it cannot open with an error for ever; then the
 * same databases are made in a storage bucket of their own beside it, and what cannot be opened stays on the disk as it is.
 * Which bucket that is stands in the host's marker. Measured: docs/decisions/0050.
 */
import { Fault } from '#shared/errors.ts';
import type { Host } from '#shared/host/contract.ts';

/** Not yet among the types of the DOM. */
interface StorageBuckets {
  open(name: string): Promise<{ readonly indexedDB: IDBFactory }>;
}

export interface Place {
  /** Null: the browser's own. */
  readonly bucket: string | null;
  readonly idb: IDBFactory;
}

const markOf = (lane: string): string => `storage:${lane}`;

async function placeIn(bucket: string | null): Promise<Place> {
  if (bucket === null) return { bucket, idb: indexedDB };
  const { storageBuckets } = navigator as { readonly storageBuckets?: StorageBuckets };
  if (!storageBuckets) throw new Fault('storageBroken', 'this browser has no other place for databases');
  return { bucket, idb: (await storageBuckets.open(bucket)).indexedDB };
}

/** Files that cannot be opened, now or later. */
const isDamaged = (error: unknown): error is Fault =>
  error instanceof Fault && error.kind === 'storageBroken' && error.detail['name'] === 'UnknownError';

/** Opens in the place that was last chosen, else in a fresh one; `movedFrom` names the place that was given up. */
export async function openSomewhere<T>(
  host: Pick<Host, 'marker'>,
  lane: string,
  open: (place: Place) => Promise<T>,
): Promise<{ readonly opened: T; readonly place: Place; readonly movedFrom?: string }> {
  const name = markOf(lane);
  const place = await placeIn(await host.marker.get({ name }));
  try {
    return { opened: await open(place), place };
  } catch (error) {
    if (!isDamaged(error)) throw error;
    const fresh = await placeIn(`storage-${crypto.randomUUID()}`);
    const opened = await open(fresh);
    await host.marker.set({ name, text: fresh.bucket ?? '' });
    return { opened, place: fresh, movedFrom: place.bucket ?? 'IndexedDB' };
  }
}
