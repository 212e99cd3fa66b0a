import { parseArgs } from 'node:util';
import * as z from 'zod';
import { SIZES } from '../server/seed/plan.ts';

const settings = z.object({
  BENCH_REPETITIONS: z.coerce.number().int().min(1).default(3),
  BENCH_SIZE: z.enum(SIZES).default('district'),
});

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
const { BENCH_REPETITIONS, BENCH_SIZE } = settings.parse(process.env);

export const REPETITIONS = BENCH_REPETITIONS;
export const SIZE = BENCH_SIZE;
/** Names of the cells that are run. */
export const ONLY = new RegExp(values.only);
