import { safeStorage } from 'electron';
import { Fault } from '#shared/errors.ts';
import type { Host } from '#shared/host/contract.ts';
import { namedBytes } from './named-bytes.ts';

/**
 * Secrets sealed by the operating system's keystore.
 * It keeps other users of the computer out, not other programs of this one: the password-derived key inside stays the real boundary.
 * Linux without a keystore (`basic_text`) seals with a constant, which is no protection: refused unless an administrator allowed it.
 */
export function keystoreSecrets(dataDir: string, allowPlainSecrets: boolean): Host['secrets'] {
  const kept = namedBytes(dataDir, 'secrets');

  async function ready(): Promise<void> {
    if (isPlain() && !allowPlainSecrets)
      throw new Fault('hostRefused', 'this computer has no keystore', { reason: 'noKeystore' });
    if (!(await safeStorage.isAsyncEncryptionAvailable())) {
      throw new Fault('hostRefused', 'the keystore does not answer', { reason: 'keystoreLocked' });
    }
  }

  const seal = async (name: string, text: string): Promise<void> => kept.set(name, await safeStorage.encryptStringAsync(text));

  return {
    async get({ name }) {
      const sealed = await kept.get(name);
      if (sealed === null) return null;
      await ready();
      const { result, shouldReEncrypt } = await unseal(Buffer.from(sealed));
      if (shouldReEncrypt) await seal(name, result);
      return result;
    },
    async set({ name, text }) {
      await ready();
      await seal(name, text);
      return null;
    },
    async remove({ name }) {
      await kept.remove(name);
      return null;
    },
    protection: async () => (isPlain() ? 'file' : 'os-keystore'),
  };
}

const isPlain = (): boolean => process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text';

/** A secret sealed under another login of the computer cannot be opened: said plainly, never answered as absent. */
async function unseal(sealed: Buffer): Promise<{ readonly result: string; readonly shouldReEncrypt: boolean }> {
  try {
    return await safeStorage.decryptStringAsync(sealed);
  } catch {
    throw new Fault('storageBroken', 'the keystore cannot open this secret', { reason: 'foreignSeal' });
  }
}
