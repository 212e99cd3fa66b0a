import { expect, test, vi } from 'vitest';
import { keepDrafts, openDraft } from './open-drafts.ts';

test('every open draft is kept before leaving goes on', async () => {
  const kept: string[] = [];
  const field = (name: string) =>
    openDraft(async () => {
      await Promise.resolve();
      kept.push(name);
    });
  const closed = [field('note'), field('remark')];
  field('gone')();
  await keepDrafts();
  expect(kept).toEqual(['note', 'remark']);
  for (const close of closed) close();
});

test('a storage that does not answer keeps nobody from leaving', async () => {
  vi.useFakeTimers();
  const close = openDraft(() => new Promise(() => undefined));
  const leaving = keepDrafts();
  await vi.runAllTimersAsync();
  await expect(leaving).resolves.toBeUndefined();
  close();
  vi.useRealTimers();
});
