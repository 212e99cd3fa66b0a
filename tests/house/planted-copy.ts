import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll } from 'vitest';

export const ROOT = resolve(import.meta.dirname, '../..');

const COPIED =
  'shared renderer server electron tests scripts bench package.json tsconfig.json tsconfig.base.json .dependency-cruiser.cjs knip.json vite.config.ts vitest.config.ts electron.vite.config.ts playwright.config.ts'.split(
    ' ',
  );

/** A copy of the house with these files added, gone after the tests of this file: what a check must find there proves that it looks. */
export function plantedCopy(planted: Readonly<Record<string, string>>): string {
  const copy = mkdtempSync(join(tmpdir(), 'house-'));
  afterAll(() => rmSync(copy, { recursive: true, force: true }));
  for (const name of COPIED) {
    if (existsSync(join(ROOT, name))) cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'dir');
  for (const [file, source] of Object.entries(planted)) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    writeFileSync(join(copy, file), `${source}\n`);
  }
  return copy;
}
