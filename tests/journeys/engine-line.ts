/** The engine's worker, asked from the page of a workstation on a line of the test's own: as any window asks it, but by hand. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { JSHandle, Page } from '@playwright/test';
import type { Envelope } from '#shared/host/envelope.ts';

export interface EngineLine {
  /** What the engine answers; refused with the code of the refusal. */
  ask(call: string, ...args: readonly unknown[]): Promise<unknown>;
}

const ASSETS = join(import.meta.dirname, '../../out/renderer/assets');

/** The same worker the page has: workers are shared by address and name. */
export async function engineLine(page: Page): Promise<JSHandle<EngineLine>> {
  const file = readdirSync(ASSETS).find((name) => /^engine-worker-.*\.js$/.test(name));
  if (file === undefined) throw new Error('the page is not built');
  return page.evaluateHandle(connect, `/assets/${file}`);
}

/** Runs in the page. */
function connect(address: string): EngineLine {
  const { port } = new SharedWorker(new URL(address, location.origin), { type: 'module', name: 'engine' });
  const waiting = new Map<number, (envelope: Envelope) => void>();
  port.addEventListener('message', ({ data }: MessageEvent<{ readonly answer?: number; readonly envelope: Envelope }>) => {
    if (data.answer === undefined) return;
    waiting.get(data.answer)?.(data.envelope);
    waiting.delete(data.answer);
  });
  port.start();
  let next = 1;
  return {
    ask: (call, ...args) =>
      new Promise((resolve, reject) => {
        const id = next++;
        waiting.set(id, (envelope) => {
          if (envelope.ok) resolve(envelope.value);
          else reject(new Error(JSON.stringify(envelope)));
        });
        port.postMessage({ call, id, args });
      }),
  };
}
