/**
 * Brings the demonstration city into the centre's database: `npm run seed -- --size=village|district|city`.
 * A database that has it already is left as it is. The centre's own settings say which database (server/config.ts); the centre
 * must not be running on its embedded one.
 */
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { readConfig } from '../server/config.ts';
import { openCentre } from '../server/open-centre.ts';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '../server/seed/demo-accounts.ts';
import { loadCity } from '../server/seed/load.ts';
import { SIZES } from '../server/seed/plan.ts';

const report = (error: unknown): boolean => process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);

async function seed(): Promise<void> {
  const { values } = parseArgs({ options: { size: { type: 'string', default: 'district' } } });
  const size = z.enum(SIZES, `--size is one of ${SIZES.join(', ')}`).parse(values.size);
  const config = readConfig(process.env);
  if (config.NODE_ENV === 'production') throw new Error('demonstration accounts are not for production');
  const open = await openCentre(config, { defect: report, lost: report });
  try {
    const started = performance.now();
    const loaded = await loadCity(open.centre, open.database.sql, size, Date.now());
    if (!loaded) return console.log('The demonstration city is here already; nothing was changed.');
    console.table(Object.fromEntries([...loaded].map(([table, rows]) => [table, { rows }])));
    console.log(`Made in ${((performance.now() - started) / 1000).toFixed(1)} s. Password of every account: ${DEMO_PASSWORD}`);
    console.table(DEMO_ACCOUNTS, ['account', 'is']);
  } finally {
    await open.close();
  }
}

seed().catch((error: unknown) => {
  report(error instanceof z.ZodError ? z.prettifyError(error) : error);
  process.exitCode = 1;
});
