import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { holdDataDir } from '../../electron/loopback/data-lock.ts';
import { startFault } from '../../electron/start-fault.ts';
import { readConfig } from '../../server/config.ts';
import { type Child, ROOT } from './child.ts';
import { Refusal } from './say.ts';

/** Everything one command started. It is ended once, the latest first: by Ctrl-C, by the officer closing the window, or by a refusal. */
export interface Session {
  /** From now on this one is stopped with the rest. */
  add(child: Child): Child;
}

/** Runs a command until it is done, or stopped; a refusal is told in words, a defect with its stack, and both end with 1. */
export function command(run: (session: Session) => Promise<void>): void {
  const started: Child[] = [];
  let ending = false;
  const end = async (code: number): Promise<void> => {
    if (ending) return;
    ending = true;
    for (const child of started.toReversed()) await child.stop();
    process.exit(code);
  };
  process.on('SIGINT', () => void end(0));
  process.on('SIGTERM', () => void end(0));
  const add = (child: Child): Child => {
    started.push(child);
    return child;
  };
  run({ add }).then(
    () => end(0),
    (error: unknown) => {
      if (!ending) process.stderr.write(`\n${told(error)}\n`);
      return end(1);
    },
  );
}

const told = (error: unknown): string => (error instanceof Refusal ? error.message : startFault(error));

/** One start per data folder of the centre; one that was killed lets go within a moment. */
export async function holdStart(): Promise<void> {
  const folder = resolve(ROOT, readConfig(process.env).DATA_DIR);
  mkdirSync(folder, { recursive: true });
  for (let tries = 0; tries < 10; tries += 1) {
    // Only the lock of a living process refuses.
    const held = await holdDataDir(folder).then(
      () => true,
      () => false,
    );
    if (held) return;
    await new Promise((done) => setTimeout(done, 500));
  }
  throw new Refusal(
    '食安督查工作站已启动：请使用已打开的窗口，或先在那个终端按 Ctrl-C。',
    'The workstation was started already: use its window, or press Ctrl-C in its terminal first.',
  );
}
