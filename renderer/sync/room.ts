/**
 * How much room the disk has. It is measured every minute, and anew before work is refused or a store has failed: a minute later
 * the officer may have cleared the disk, or something may have filled it.
 */
import { Fault, type FaultKind } from '#shared/errors.ts';
import type { Host } from '#shared/host/contract.ts';
import { type DiskPressure, diskPressure } from '#shared/host/disk-pressure.ts';

export interface Room {
  now(): { readonly freeBytes: number; readonly totalBytes: number; readonly pressure: DiskPressure };
  look(): Promise<void>;
  /** The refusal of a full disk. */
  full(): Fault;
  /** Refuses with `diskFull` while the disk is as full as that. */
  must(refusing: readonly DiskPressure[]): Promise<void>;
  /** On a full disk the stores fail in one way and another; the officer is told what can be done about it. */
  tellWhy(error: unknown): Promise<never>;
}

export const OF_STORAGE: readonly FaultKind[] = ['diskFull', 'storageBroken', 'storageSlow'];

export async function roomOf(host: Pick<Host, 'files'>, changed: () => void): Promise<Room> {
  let disk = await measured(host);
  const full = (): Fault => new Fault('diskFull', 'the disk is almost full', { freeBytes: disk.freeBytes });

  async function look(): Promise<void> {
    disk = await measured(host);
    changed();
  }

  return {
    now: () => disk,
    look,
    full,
    async must(refusing) {
      if (refusing.includes(disk.pressure)) await look();
      if (refusing.includes(disk.pressure)) throw full();
    },
    async tellWhy(error) {
      if (!(error instanceof Fault) || !OF_STORAGE.includes(error.kind)) throw error;
      await look();
      throw disk.pressure === 'critical' ? full() : error;
    },
  };
}

async function measured(host: Pick<Host, 'files'>) {
  const space = await host.files.freeSpace();
  return { ...space, pressure: diskPressure(space.freeBytes) };
}
