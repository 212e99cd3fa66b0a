import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Fault } from '#shared/errors.ts';
import { diceOf } from '../../tests/support/dice.ts';
import { PartStore } from './part-store.ts';

const NOW = Date.now();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Another request took the place first. */
function moved(error: unknown): void {
  if (!(error instanceof Fault && error.kind === 'uploadMoved')) throw error;
}

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'two centres over one folder take parts of any length at once and lose no byte: seed %i',
  async (seed) => {
    const dice = diceOf(seed);
    const bytes = Uint8Array.from({ length: 5000 + dice.below(5000) }, () => dice.below(256));
    const centres = [new PartStore(folder), new PartStore(folder)];
    await Promise.all(centres.map((centre) => centre.begin('k', bytes.length, NOW)));
    const one = async (centre: PartStore): Promise<void> => {
      for (;;) {
        const { offset = 0 } = (await centre.standing('k', NOW)) ?? {};
        if (offset === bytes.length) return;
        const part = bytes.subarray(offset, offset + 1 + dice.below(900));
        await centre.append('k', offset, part).catch(moved);
      }
    };
    await Promise.all([...centres, ...centres].map(one));
    const [first, second] = await Promise.all(centres.map((centre) => centre.join('k')));
    expect([first?.sha256, second?.sha256]).toEqual([sha(bytes), sha(bytes)]);
    expect(readFileSync(first?.path ?? '').equals(bytes)).toBe(true);
  },
);

test('what a killed centre had half written counts for nothing, and a gap ends the row', async () => {
  const parts = new PartStore(folder);
  await parts.begin('k', 9, NOW);
  await parts.append('k', 0, Uint8Array.of(1, 2, 3));
  writeFileSync(join(folder, 'draft'), 'half');
  writeFileSync(join(folder, 'k', '6'), Uint8Array.of(7, 8, 9));
  expect(await parts.standing('k', NOW)).toMatchObject({ length: 9, offset: 3 });
  await parts.append('k', 3, Uint8Array.of(4, 5, 6));
  expect(await parts.standing('k', NOW)).toMatchObject({ offset: 9 });
});

test('nothing is taken for what was given up or never begun', async () => {
  const parts = new PartStore(folder);
  await expect(parts.append('k', 0, Uint8Array.of(1))).rejects.toBeInstanceOf(Fault);
  await parts.begin('k', 1, NOW);
  await parts.drop('k');
  await expect(parts.append('k', 0, Uint8Array.of(1))).rejects.toMatchObject({ kind: 'uploadGone' });
  expect(await parts.standing('k', NOW)).toBeUndefined();
});
