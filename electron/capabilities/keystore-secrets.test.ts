import { expect, test, vi } from 'vitest';
import { tempFolder } from '../../tests/electron-shim/temp-folder.ts';

const keystore = vi.hoisted(() => ({ backend: 'gnome_libsecret', available: true, stale: false, sealed: 0 }));
vi.mock('electron', () => ({
  safeStorage: {
    getSelectedStorageBackend: () => keystore.backend,
    isAsyncEncryptionAvailable: async () => keystore.available,
    encryptStringAsync: async (text: string) => {
      keystore.sealed += 1;
      return Buffer.from(`sealed:${Buffer.from(text).toString('base64')}`);
    },
    decryptStringAsync: async (sealed: Buffer) => {
      const text = sealed.toString();
      if (!text.startsWith('sealed:')) throw new Error('cannot decrypt');
      return { result: Buffer.from(text.slice(7), 'base64').toString(), shouldReEncrypt: keystore.stale };
    },
  },
}));
const { keystoreSecrets } = await import('./keystore-secrets.ts');

test('a secret is sealed by the keystore and sealed anew when its key was rotated', async () => {
  const secrets = keystoreSecrets(await tempFolder(), false);
  await secrets.set({ name: 'kek', text: '钥' });
  expect(await secrets.get({ name: 'kek' })).toBe('钥');
  expect(keystore.sealed).toBe(1);
  keystore.stale = true;
  expect(await secrets.get({ name: 'kek' })).toBe('钥');
  expect(keystore.sealed).toBe(2);
  keystore.stale = false;
  expect(await secrets.protection()).toBe('os-keystore');
});

test('Linux without a keystore is refused unless an administrator allowed it', async () => {
  const dataDir = await tempFolder();
  keystore.backend = 'basic_text';
  await expect(keystoreSecrets(dataDir, false).set({ name: 'kek', text: 'x' })).rejects.toMatchObject({
    kind: 'hostRefused',
    detail: { reason: 'noKeystore' },
  });
  const allowed = keystoreSecrets(dataDir, true);
  await allowed.set({ name: 'kek', text: 'x' });
  expect(await allowed.protection()).toBe('file');
  keystore.backend = 'gnome_libsecret';
});

test('a locked keystore and a foreign seal are told apart from an absent secret', async () => {
  const dataDir = await tempFolder();
  const secrets = keystoreSecrets(dataDir, false);
  expect(await secrets.get({ name: 'kek' })).toBeNull();
  const { fileSecrets } = await import('./file-secrets.ts');
  await fileSecrets(dataDir).set({ name: 'kek', text: 'sealed by somebody else' });
  await expect(secrets.get({ name: 'kek' })).rejects.toMatchObject({ kind: 'storageBroken' });
  keystore.available = false;
  await expect(secrets.get({ name: 'kek' })).rejects.toMatchObject({ detail: { reason: 'keystoreLocked' } });
  keystore.available = true;
});
