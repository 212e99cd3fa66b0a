import { type Night, night, type NightReport } from './night.ts';

const HOUR = 2;
/** A centre that is switched off at night does its work once it has stood a while. */
const SETTLED_MS = 3600_000;

/** The next time the clock on the wall says two at night, ms. */
export function nextNight(now: number): number {
  const at = new Date(now);
  at.setHours(HOUR, 0, 0, 0);
  if (at.getTime() <= now) at.setDate(at.getDate() + 1);
  return at.getTime();
}

interface Told {
  /** What was done, or that another server does it. */
  readonly done: (report: NightReport) => void;
  readonly failed: (error: unknown) => void;
}

/** Does the night's work an hour after the start and then every night; answers how to stop, after what is under way. */
export function everyNight(open: Night, { done, failed }: Told): () => Promise<void> {
  const stop = new AbortController();
  let working: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout;
  const work = async (): Promise<void> => {
    try {
      done(await night(open, open.centre.now(), stop.signal));
    } catch (error) {
      failed(error);
    }
  };
  const wait = (ms: number): void => {
    timer = setTimeout(() => {
      working = work().finally(() => wait(untilNight()));
    }, ms);
    timer.unref();
  };
  const untilNight = (): number => nextNight(open.centre.now()) - open.centre.now();
  wait(Math.min(SETTLED_MS, untilNight()));
  return async () => {
    stop.abort();
    await working;
    clearTimeout(timer);
  };
}
