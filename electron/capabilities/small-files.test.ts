import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../tests/electron-shim/temp-folder.ts';
import { sweepTemp, writeDurably } from './durable-file.ts';
import { fileSecrets } from './file-secrets.ts';
import { identity } from './identity.ts';
import { marker } from './marker.ts';
import { saveToFolder } from './save-document.ts';

const config = { centreUrl: 'https://centre.example', deviceName: '城关一号', allowPlainSecrets: false, openableHosts: [] };

test('a secret is readable by this user alone, and gone after removal', async () => {
  const dataDir = await tempFolder();
  const secrets = fileSecrets(dataDir);
  expect(await secrets.get({ name: 'lease:0001' })).toBeNull();
  await secrets.set({ name: 'lease:0001', text: '密' });
  expect(await secrets.get({ name: 'lease:0001' })).toBe('密');
  expect(await secrets.protection()).toBe('file');
  expect((await stat(join(dataDir, 'secrets', 'lease_0001'))).mode & 0o777).toBe(0o600);
  expect((await stat(join(dataDir, 'secrets'))).mode & 0o777).toBe(0o700);
  await secrets.remove({ name: 'lease:0001' });
  await secrets.remove({ name: 'lease:0001' });
  expect(await secrets.get({ name: 'lease:0001' })).toBeNull();
});

test('a mark is replaced wholly', async () => {
  const marks = marker(await tempFolder());
  await marks.set({ name: 'generation', text: '7' });
  await marks.set({ name: 'generation', text: '8' });
  expect(await marks.get({ name: 'generation' })).toBe('8');
  expect(await marks.get({ name: 'other' })).toBeNull();
});

test('the device id is drawn once and survives a restart; a spoiled one is drawn anew', async () => {
  const dataDir = await tempFolder();
  const [first, same] = await Promise.all([identity(dataDir, config).identity(), identity(dataDir, config).identity()]);
  const later = await identity(dataDir, config).identity();
  expect(later).toMatchObject({ centreUrl: config.centreUrl, deviceName: '城关一号' });
  expect([first.deviceId, same.deviceId]).toContain(later.deviceId);
  await writeFile(join(dataDir, 'device-id'), '\0\0\0');
  expect((await identity(dataDir, config).identity()).deviceId).toMatch(/^[0-9a-f-]{36}$/);
});

test('saving never overwrites a document that is there', async () => {
  const folder = await tempFolder();
  const save = saveToFolder(folder);
  const bytes = new TextEncoder().encode('表');
  expect(await save({ suggestedName: '台账.xlsx', bytes })).toBe(join(folder, '台账.xlsx'));
  expect(await save({ suggestedName: '台账.xlsx', bytes })).toBe(join(folder, '台账 (2).xlsx'));
  expect(await readFile(join(folder, '台账.xlsx'), 'utf8')).toBe('表');
});

test('a failed write leaves the old content and is told as what it is', async () => {
  const dataDir = await tempFolder();
  const path = join(dataDir, 'taken');
  await writeFile(join(dataDir, 'tmp'), 'a file where the folder should be');
  await writeFile(path, 'old');
  await expect(writeDurably(dataDir, path, Buffer.from('new'))).rejects.toMatchObject({ kind: 'storageBroken' });
  expect(await readFile(path, 'utf8')).toBe('old');
});

test('what a killed process left half-written is swept at the next start', async () => {
  const dataDir = await tempFolder();
  await writeDurably(dataDir, join(dataDir, 'x'), Buffer.from('1'));
  await writeFile(join(dataDir, 'tmp', 'half'), 'ha');
  await sweepTemp(dataDir);
  await expect(stat(join(dataDir, 'tmp'))).rejects.toMatchObject({ code: 'ENOENT' });
});
