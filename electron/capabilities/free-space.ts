import { statfs } from 'node:fs/promises';
import type { TellHostEvent } from '#shared/host/contract.ts';
import { type DiskPressure, diskPressure } from '#shared/host/disk-pressure.ts';
import { ioFault } from './io-fault.ts';

export interface FreeSpace {
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/** Room on the disk that holds the local data, as an ordinary user may fill it. */
export async function freeSpace(dataDir: string): Promise<FreeSpace> {
  try {
    const disk = await statfs(dataDir);
    return { freeBytes: disk.bavail * disk.bsize, totalBytes: disk.blocks * disk.bsize };
  } catch (error) {
    throw ioFault(error);
  }
}

/** Tells the screen each time the disk enters another step of pressure. Returns how to stop. */
export function watchFreeSpace(measure: () => Promise<FreeSpace>, tell: TellHostEvent, everyMs = 60_000): () => void {
  let last: DiskPressure = 'fine';
  const look = async (): Promise<void> => {
    const space = await measure();
    const pressure = diskPressure(space.freeBytes);
    if (pressure !== last) tell('files.pressure', { ...space, pressure });
    last = pressure;
  };
  // A disk that cannot be measured tells nothing here; the next write that fails says why.
  const timer = setInterval(() => void look().catch(() => undefined), everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
