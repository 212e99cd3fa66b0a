import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { draftKeeper } from './draft-keeper.ts';

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, 'warn').mockReturnValue();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A storage that refuses so many times before it takes anything. */
function storage(refusals: number) {
  const kept: string[] = [];
  const tried: string[] = [];
  const keep = async (given: string) => {
    tried.push(given);
    if (tried.length <= refusals) throw new Error('the disk is full');
    kept.push(given);
  };
  return { keep, kept, tried };
}

test('what is typed is kept once the fingers rest', async () => {
  const { keep, kept } = storage(0);
  const keeper = draftKeeper(keep, () => undefined);
  keeper.note('后厨');
  keeper.note('后厨有积水');
  await vi.runAllTimersAsync();
  expect(kept).toEqual(['后厨有积水']);
});

test('who types without a pause is kept within a second, too', async () => {
  const { keep, kept } = storage(0);
  const keeper = draftKeeper(keep, () => undefined);
  const type = async (from: number, to: number) => {
    for (let stroke = from; stroke <= to; stroke++) {
      keeper.note('字'.repeat(stroke));
      await vi.advanceTimersByTimeAsync(100);
    }
  };
  await type(1, 10);
  expect(kept).toHaveLength(1);
  await type(11, 20);
  await vi.runAllTimersAsync();
  expect(kept.at(-1)).toBe('字'.repeat(20));
  expect(kept.length).toBeLessThan(6);
});

test('a draft that could not be kept is tried again without another stroke', async () => {
  const { keep, kept } = storage(2);
  draftKeeper(keep, () => undefined).note('后厨有积水');
  await vi.runAllTimersAsync();
  expect(kept).toEqual(['后厨有积水']);
});

test('only once the last stroke is kept all is said to be kept', async () => {
  const { keep, kept } = storage(0);
  const told: string[] = [];
  const keeper = draftKeeper(keep, () => told.push(kept.at(-1) ?? ''));
  keeper.note('后厨');
  const first = keeper.flush();
  keeper.note('后厨有积水');
  await first;
  expect(told).toEqual([]);
  await vi.runAllTimersAsync();
  expect(told).toEqual(['后厨有积水']);
});

test('a later stroke takes the place of one that could not be kept', async () => {
  const { keep, kept, tried } = storage(1);
  const keeper = draftKeeper(keep, () => undefined);
  keeper.note('后厨');
  await keeper.flush();
  keeper.note('后厨有积水');
  await vi.runAllTimersAsync();
  expect(tried).toEqual(['后厨', '后厨有积水']);
  expect(kept).toEqual(['后厨有积水']);
});

test('a field that is gone keeps its last words and tries no more when that fails', async () => {
  const { keep, tried } = storage(9);
  const keeper = draftKeeper(keep, () => undefined);
  keeper.note('后厨');
  keeper.close();
  await vi.runAllTimersAsync();
  expect(tried).toEqual(['后厨']);
});
