import type { Host } from '#shared/host/contract.ts';
import { namedBytes } from './named-bytes.ts';

/** Secrets guarded by file permissions alone, for the shell that has no keystore; the password-derived key is the real boundary. */
export function fileSecrets(dataDir: string): Host['secrets'] {
  const kept = namedBytes(dataDir, 'secrets');
  return {
    async get({ name }) {
      const bytes = await kept.get(name);
      return bytes === null ? null : Buffer.from(bytes).toString('utf8');
    },
    async set({ name, text }) {
      await kept.set(name, Buffer.from(text, 'utf8'));
      return null;
    },
    async remove({ name }) {
      await kept.remove(name);
      return null;
    },
    protection: async () => 'file',
  };
}
