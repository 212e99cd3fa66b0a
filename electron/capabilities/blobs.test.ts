import { createHash } from 'node:crypto';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../tests/electron-shim/temp-folder.ts';
import { blobs } from './blobs.ts';

const photo = new TextEncoder().encode('后厨照片');
const sha256 = createHash('sha256').update(photo).digest('hex');
const folderOf = (dataDir: string): string => join(dataDir, 'files', sha256.slice(0, 2));

test('content is kept under the hash the host computes, once', async () => {
  const dataDir = await tempFolder();
  const kept = blobs(dataDir);
  expect(await kept.putBlob({ bytes: photo })).toEqual({ sha256, sizeBytes: photo.byteLength });
  await kept.putBlob({ bytes: photo });
  expect(await kept.getBlob({ sha256 })).toEqual(photo);
  expect(await kept.hasBlob({ sha256 })).toBe(true);
  expect(await readdir(folderOf(dataDir))).toEqual([sha256]);
  expect(await readdir(join(dataDir, 'tmp'))).toEqual([]);
});

test('absent content is null, not an error', async () => {
  const kept = blobs(await tempFolder());
  expect(await kept.getBlob({ sha256 })).toBeNull();
  expect(await kept.hasBlob({ sha256 })).toBe(false);
});

test('a blob with the wrong hash on disk is not returned, is set aside, and can be put anew', async () => {
  const dataDir = await tempFolder();
  const kept = blobs(dataDir);
  await kept.putBlob({ bytes: photo });
  await writeFile(join(folderOf(dataDir), sha256), 'tampered');
  expect(await kept.getBlob({ sha256 })).toBeNull();
  expect(await kept.hasBlob({ sha256 })).toBe(false);
  expect(await readdir(folderOf(dataDir))).toEqual([`${sha256}.damaged`]);
  await kept.putBlob({ bytes: photo });
  expect(await kept.getBlob({ sha256 })).toEqual(photo);
});
