/** `npm run scale` prints what spreads the centre's database over several PostgreSQL nodes with Citus (docs/scale.md). */
import { literal, quote } from '../server/store/ddl.ts';
import { DISTRIBUTED, REFERENCE } from '../server/store/distribution.ts';

const BESIDE = 'sync_head';

export function citusDdl(): string[] {
  const spread = [...DISTRIBUTED].map(([table, column]) => {
    const beside = table === BESIDE ? '' : `, colocate_with => ${literal(BESIDE)}`;
    return `select create_distributed_table(${literal(quote(table))}, ${literal(column)}${beside});`;
  });
  return [...REFERENCE.map((table) => `select create_reference_table(${literal(quote(table))});`), ...spread];
}

if (process.argv[1] === import.meta.filename) console.log(citusDdl().join('\n'));
