/**
 * How full the disk is, in four steps with one consequence each.
 * `low`: warn. `tight`: no downloads, no new evidence. `critical`: read only, and the local database is neither opened nor closed,
 * because Chromium can empty it when it restarts on a full disk.
 */
export type DiskPressure = 'fine' | 'low' | 'tight' | 'critical';

const MIB = 1024 * 1024;

export function diskPressure(freeBytes: number): DiskPressure {
  if (freeBytes < 50 * MIB) return 'critical';
  if (freeBytes < 200 * MIB) return 'tight';
  if (freeBytes < 500 * MIB) return 'low';
  return 'fine';
}
