/** A disk that a journey may fill: a file system in memory, of the journey's own. */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { sharedFolder } from './stage.ts';

export interface SmallDisk {
  /** Where something may be kept. */
  readonly folder: string;
  /** Until not a single byte more fits. */
  fill(): void;
  /** Takes away what filled it. */
  clear(): void;
  freeBytes(): number;
  close(): void;
}

/** Of so many MiB; throws where this machine does not let us mount one. */
export function smallDisk(sizeMiB: number): SmallDisk {
  const root = sharedFolder('disk-');
  run('mount', ['-t', 'tmpfs', '-o', `size=${sizeMiB}m,mode=755`, 'tmpfs', root]);
  const folder = join(root, 'station');
  const ballast = join(root, 'ballast');
  mkdirSync(folder);
  return {
    folder,
    fill() {
      const file = openSync(ballast, 'a');
      for (let size = 1024 * 1024; size >= 1; size = Math.floor(size / 4)) while (written(file, size) === size);
      closeSync(file);
    },
    clear: () => rmSync(ballast),
    freeBytes() {
      const { bavail, bsize } = statfsSync(root);
      return bavail * bsize;
    },
    close() {
      run('umount', [root]);
      rmSync(root, { recursive: true });
    },
  };
}

/** How much of it the disk took. */
function written(file: number, size: number): number {
  try {
    return writeSync(file, Buffer.alloc(size, 'x'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    return 0;
  }
}

function run(program: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program}: ${error?.message ?? stderr}`);
}
