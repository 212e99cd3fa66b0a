import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';

/** All that a change must pass, `npm test`: every fence, centres that are killed, the built program, then the journeys of an officer. Stops at the first that fails. */
const STAGES = ['check', 'process', 'build', 'test:desktop', 'test:journeys'];
const RESULTS = ['house', 'unit', 'process', 'desktop', 'journeys'];

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Vitest counts tests in its report, Playwright under `stats`. */
interface Report {
  readonly numPassedTests?: number;
  readonly numFailedTests?: number;
  readonly numPendingTests?: number;
  readonly stats?: { readonly expected: number; readonly unexpected: number; readonly flaky: number; readonly skipped: number };
}

function countsOf(name: string): Counts {
  const path = `test-results/${name}.json`;
  if (!existsSync(path)) return { passed: 0, failed: 0, skipped: 0 };
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, stats } = JSON.parse(readFileSync(path, 'utf8')) as Report;
  if (stats) return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests };
}

rmSync('test-results', { recursive: true, force: true });
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const broken = STAGES.find((stage) => {
  process.stdout.write(`\n== ${stage}\n`);
  return spawnSync(npm, ['run', '-s', stage], { stdio: 'inherit', shell: process.platform === 'win32' }).status !== 0;
});
const total = RESULTS.map(countsOf).reduce((sum, { passed, failed, skipped }) => ({
  passed: sum.passed + passed,
  failed: sum.failed + failed,
  skipped: sum.skipped + skipped,
}));
// A stage that fails without a failing test (types, a build) counts as one.
const failed = broken === undefined ? total.failed : Math.max(1, total.failed);
if (broken !== undefined) process.stdout.write(`\n${broken} failed\n`);
process.stdout.write(`\n${total.passed} passed, ${failed} failed, ${total.skipped} skipped\n`);
process.exitCode = failed === 0 ? 0 : 1;
