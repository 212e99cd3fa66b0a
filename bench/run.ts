/**
 * `npm run bench`: our own client beside raw IndexedDB and Dexie, interleaved in one run on the same rows. Machines are noisy:
 * read the ratios, medians of the repetitions. BENCH_REPETITIONS (3) and BENCH_SIZE (district) may be set.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { build } from 'vite';
import { startLoopback } from '../electron/loopback/start.ts';
import { DEMO_PASSWORD } from '../server/seed/demo-accounts.ts';
import type { Size } from '../server/seed/plan.ts';
import page from '../vite.config.ts';
import { browserCpuMs } from './browser-cpu.ts';
import { startSeededCentre } from './centre.ts';
import type { Cells } from './page/cells.ts';
import { type Measured, report } from './report.ts';

const REPETITIONS = Number(process.env['BENCH_REPETITIONS'] ?? 3);
const SIZE = (process.env['BENCH_SIZE'] ?? 'district') as Size;
const PORT = 17_829;
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
const root = join(import.meta.dirname, '..');

async function buildPage(): Promise<void> {
  const outDir = join(root, 'out/bench');
  await build({
    ...page,
    configFile: false,
    root: join(import.meta.dirname, 'page'),
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true },
  });
}

/** One cell: what it answers, with the CPU time the whole browser spent on it. */
async function cell<T extends object>(at: Page, profile: string, name: keyof Cells, argument?: unknown): Promise<Measured & T> {
  const before = browserCpuMs(profile);
  const answer = await at.evaluate(
    async ([called, given]) => (window.cells as unknown as Record<string, (given: unknown) => Promise<object>>)[called]?.(given),
    [name, argument] as const,
  );
  return { ...(answer as { readonly ms: number } & T), cpuMs: browserCpuMs(profile) - before };
}

/** All cells once, in a browser with a new profile on disk; the three bulk writers take turns in being first. */
async function repetition(turn: number, centreUrl: string): Promise<Map<string, Measured>> {
  const home = mkdtempSync(join(tmpdir(), 'bench-'));
  const profile = join(home, 'profile');
  const shell = await startLoopback({ port: PORT, dataDir: join(home, 'data'), rendererDir: join(root, 'out/bench'), centreUrl });
  const browser = await chromium.launchPersistentContext(profile, { executablePath: '/usr/bin/chromium', args: ARGS });
  try {
    const at = await browser.newPage();
    at.on('console', (message) => message.type() === 'error' && console.error(message.text()));
    await at.goto(shell.url);
    await at.waitForFunction(() => 'cells' in window);
    const account = (name: string) => ({ centreUrl, account: name, password: DEMO_PASSWORD });
    const results = new Map<string, Measured>();
    const run = async (name: keyof Cells, argument?: unknown): Promise<void> => {
      results.set(name, await cell(at, profile, name, argument));
    };
    const loads: (keyof Cells)[] = turn % 2 === 0 ? ['pages', 'load'] : ['load', 'pages'];
    for (const name of loads) await run(name, account('chengguan01'));
    await run('unpack');
    const bulk: (keyof Cells)[] = turn % 2 === 0 ? ['raw', 'dexie'] : ['dexie', 'raw'];
    for (const name of bulk) await run(name);
    for (const name of ['rawEdit', 'edit', 'flush', 'rawSearch', 'search', 'digests'] as const) await run(name);
    await run('propagation', account('chengguan02'));
    const { kept } = await cell<{ readonly kept: unknown }>(at, profile, 'kept');
    await at.reload();
    await at.waitForFunction(() => 'cells' in window);
    await run('coldStart', kept);
    return results;
  } finally {
    await browser.close();
    await shell.close();
    rmSync(home, { recursive: true, force: true });
  }
}

await buildPage();
const centre = await startSeededCentre(SIZE, [`http://127.0.0.1:${PORT}`]);
try {
  const rows = [...centre.loaded.values()].reduce((sum, n) => sum + n, 0);
  console.log(`seed ${SIZE}: ${rows} rows in ${(centre.seedMs / 1000).toFixed(1)} s`);
  const runs: Map<string, Measured>[] = [];
  for (let turn = 0; turn < REPETITIONS; turn++) runs.push(await repetition(turn, centre.address));
  console.log(report(runs));
} finally {
  await centre.stop();
}
