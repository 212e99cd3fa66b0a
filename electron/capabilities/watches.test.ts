import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { TellHostEvent } from '#shared/host/contract.ts';
import { watchFreeSpace } from './free-space.ts';
import { watchNetwork } from './network.ts';

const MIB = 1024 * 1024;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('the screen hears each step of a filling disk once', async () => {
  const tell = vi.fn<TellHostEvent>();
  let freeBytes = 900 * MIB;
  const stop = watchFreeSpace(async () => ({ freeBytes, totalBytes: 1000 * MIB }), tell, 1000);
  for (const free of [900, 400, 390, 100, 10, 900]) {
    freeBytes = free * MIB;
    await vi.advanceTimersByTimeAsync(1000);
  }
  stop();
  expect(tell.mock.calls.map(([name, told]) => [name, 'pressure' in told && told.pressure])).toEqual(
    ['low', 'tight', 'critical', 'fine'].map((pressure) => ['files.pressure', pressure]),
  );
});

test('the screen hears when the network goes and comes, not every look', async () => {
  const tell = vi.fn<TellHostEvent>();
  let online = true;
  const stop = watchNetwork(() => online, tell, 1000);
  await vi.advanceTimersByTimeAsync(3000);
  online = false;
  await vi.advanceTimersByTimeAsync(3000);
  online = true;
  await vi.advanceTimersByTimeAsync(1000);
  stop();
  expect(tell.mock.calls).toEqual([
    ['network.changed', { online: false }],
    ['network.changed', { online: true }],
  ]);
});
