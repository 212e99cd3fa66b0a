import { Fault } from '#shared/errors.ts';

const WATCHDOG_MS = 5000;
const FULL = new Set(['QuotaExceededError']);

/**
 * A transaction with a watchdog: on a full disk Chromium was seen to leave one without any event.
 * `diskFull` and `storageBroken` for what the database says, `storageSlow` when it says nothing; a `Fault` from inside stays one.
 */
export async function watched<T>(work: () => PromiseLike<T>, limitMs = WATCHDOG_MS): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_resolve, refuse) => {
    timer = setTimeout(() => refuse(new Fault('storageSlow', 'the local database does not answer', { limitMs })), limitMs);
  });
  try {
    return await Promise.race([work(), silence]);
  } catch (error) {
    throw storageFault(error);
  } finally {
    clearTimeout(timer);
  }
}

function storageFault(error: unknown): unknown {
  if (error instanceof Fault || !(error instanceof Error)) return error;
  const inner = 'inner' in error && error.inner instanceof Error ? error.inner.name : error.name;
  if (FULL.has(inner) || FULL.has(error.name))
    return new Fault('diskFull', 'no space left for the local database', { name: inner });
  return new Fault('storageBroken', 'the local database failed', { name: inner });
}
