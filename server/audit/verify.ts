import type { Database } from '../store/pg/pool.ts';
import { type AuditLine, type AuditTip, EMPTY_TIP, firstBadLine } from './chain.ts';

const PER_READ = 10_000;

const LINES = `select district_id as district, no, mid, actor, device, name, target, status, code, received_at as "receivedAt",
  encode(args_digest, 'hex') as "argsDigest", encode(hash, 'hex') as hash
  from audit where district_id = $1 and no > $2 order by no limit $3`;

/** The number of the district's first audit line that was edited, deleted or cut off, or undefined when all is whole. */
export async function verifyAudit(database: Database, district: string): Promise<number | undefined> {
  const { rows } = await database.sql.query(`select no, encode(hash, 'hex') as hash from audit_tip where district_id = $1`, [
    district,
  ]);
  const [tip = EMPTY_TIP] = rows as readonly AuditTip[];
  return firstBadLine(linesOf(database, district), tip);
}

async function* linesOf(database: Database, district: string): AsyncGenerator<AuditLine> {
  for (let after = 0, more = true; more; ) {
    const rows = (await database.sql.query(LINES, [district, after, PER_READ])).rows as readonly AuditLine[];
    yield* rows;
    more = rows.length === PER_READ;
    after = rows.at(-1)?.no ?? after;
  }
}
