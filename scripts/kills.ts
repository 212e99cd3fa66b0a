/**
 * `npm run kills`: the centre and the browser killed fifty times each, every restore once, all on the real thing; then one table.
 * `npm test` does the same with fewer kills. `KILL_SEED` chooses another chance.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const RESULTS = 'test-results/kills';
const KILLS = '50';

/** As tests/process/result.ts leaves them. */
const result = z.object({
  what: z.string(),
  times: z.number(),
  saved: z.number(),
  lost: z.number(),
  doubled: z.number(),
  refused: z.number(),
  seconds: z.number(),
});

function run(npm: readonly string[]): boolean {
  process.stdout.write(`\n== ${npm.join(' ')}\n`);
  const env = { ...process.env, SERVER_KILLS: KILLS, BROWSER_KILLS: KILLS };
  return spawnSync('npm', npm, { stdio: 'inherit', env, shell: process.platform === 'win32' }).status === 0;
}

rmSync(RESULTS, { recursive: true, force: true });
const whole = [
  run(['run', '-s', 'process']),
  run(['run', '-s', 'build']) && run(['exec', '--', 'playwright', 'test', 'kills.e2e.ts']),
];
const results = readdirSync(RESULTS).map((name) => result.parse(JSON.parse(readFileSync(join(RESULTS, name), 'utf8'))));
console.table(Object.fromEntries(results.map(({ what, ...figures }) => [what, figures])));
process.exitCode = whole.every(Boolean) ? 0 : 1;
