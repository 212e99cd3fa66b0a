import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from '#shared/host/contract.ts';

interface About {
  readonly shell: 'electron' | 'browser';
  readonly app: string;
  readonly centreUrl: string;
  /** Instant, ms. */
  readonly hostStartedAt: number;
}

/** What a support colleague asks first; holds no token, no name and no path. */
export const diagnostics = (dataDir: string, about: About): Host['diagnostics'] => ({
  info: async () => ({
    ...about,
    node: process.versions.node,
    platform: process.platform,
    arch: process.arch,
    dataDirBytes: await folderBytes(dataDir),
  }),
});

async function folderBytes(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  let total = 0;
  for (const entry of entries) {
    // A file that vanished between listing and measuring weighs nothing.
    if (entry.isFile())
      total += await stat(join(entry.parentPath, entry.name)).then(
        (file) => file.size,
        () => 0,
      );
  }
  return total;
}
