import type { Host } from '#shared/host/contract.ts';
import { namedBytes } from './named-bytes.ts';

/**
 * Marks kept outside IndexedDB: a database that comes up empty although the mark says otherwise
 * was lost, and the screen offers recovery in place of an empty list.
 */
export function marker(dataDir: string): Host['marker'] {
  const kept = namedBytes(dataDir, 'markers');
  return {
    async get({ name }) {
      const bytes = await kept.get(name);
      return bytes === null ? null : Buffer.from(bytes).toString('utf8');
    },
    async set({ name, text }) {
      await kept.set(name, Buffer.from(text, 'utf8'));
      return null;
    },
  };
}
