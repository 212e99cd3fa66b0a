import { createHash, randomBytes } from 'node:crypto';
import { Fault } from '#shared/errors.ts';
import type { Session } from '../sync/centre.ts';
import type { Sql } from '../sync/commit-clock.ts';

const SESSION_MS = 14 * 24 * 3600 * 1000;
/** District, then 256 random bits: so the session behind a token is looked for in one place. */
const TOKEN = /^(\d{6})\.[\w-]{43}$/;

const digest = (token: string): Buffer => createHash('sha256').update(token).digest();

const OPEN = `insert into session (token_sha256, district_id, officer_id, device, device_name, created_at, expires_at)
  values ($1, $2, $3, $4, $5, $6, $7)`;

/**
 * A session counts while it is neither ended nor expired. One of an officer who has left opens nothing any more, but what waits on
 * the workstation can still be handed in through it.
 */
const FIND = `select s.officer_id as "officerId", s.district_id as "districtId", s.device,
    s.ended_at is null and s.expires_at > $2 as open
  from session s where s.district_id = $3 and s.token_sha256 = $1`;

const CLOSED = `select encode(s.token_sha256, 'hex') as key
  from session s left join officers o on o."districtId" = s.district_id and o.id = s.officer_id
  where s.district_id = $3 and s.token_sha256 = any($1) and (s.ended_at is not null or s.expires_at <= $2 or o.state is distinct from 'active')`;

/** Opens a session of 14 days; answers its token, which is stored nowhere. */
export async function openSession(
  sql: Sql,
  { officerId, districtId, device }: Session,
  deviceName: string,
  now: number,
): Promise<string> {
  const token = `${districtId}.${randomBytes(32).toString('base64url')}`;
  await sql.query(OPEN, [digest(token), districtId, officerId, device, deviceName, now, now + SESSION_MS]);
  return token;
}

/** The session behind an `authorization` header: `notSignedIn` without a known token, `sessionEnded` when it counts no more. */
export async function sessionBehind(sql: Sql, authorization: string | undefined, now: number): Promise<Session> {
  const token = tokenIn(authorization);
  const { rows } = token === undefined ? { rows: [] } : await sql.query(FIND, [digest(token), now, districtIn(token)]);
  const [found] = rows as readonly (Session & { readonly open: boolean })[];
  if (!found) throw new Fault('notSignedIn', 'sign in first');
  const { open, ...session } = found;
  if (!open) throw new Fault('sessionEnded', 'the session has ended');
  return session;
}

export function tokenIn(authorization: string | undefined): string | undefined {
  const token = authorization?.startsWith('Bearer ') ? authorization.slice('Bearer '.length) : undefined;
  return token !== undefined && TOKEN.test(token) ? token : undefined;
}

const districtIn = (token: string): string => TOKEN.exec(token)?.[1] ?? '';

const END = `update session set ended_at = $2 where district_id = $3 and token_sha256 = $1 and ended_at is null`;

export async function endSession(sql: Sql, authorization: string | undefined, now: number): Promise<void> {
  const token = tokenIn(authorization);
  if (token !== undefined) await sql.query(END, [digest(token), now, districtIn(token)]);
}

/** Ends every session of an officer, on all workstations. */
export async function endSessionsOf(sql: Sql, { districtId, officerId }: Omit<Session, 'device'>, now: number): Promise<void> {
  await sql.query('update session set ended_at = $3 where district_id = $1 and officer_id = $2 and ended_at is null', [
    districtId,
    officerId,
    now,
  ]);
}

/** Of these tokens, those that count no more. */
export async function endedAmong(sql: Sql, tokens: readonly string[], now: number): Promise<ReadonlySet<string>> {
  const ended = new Set<string>();
  for (const [district, own] of Map.groupBy(tokens, districtIn)) {
    const byDigest = new Map(own.map((token) => [digest(token).toString('hex'), token]));
    const { rows } = await sql.query(CLOSED, [own.map(digest), now, district]);
    for (const { key } of rows as readonly { readonly key: string }[]) ended.add(byDigest.get(key) ?? '');
  }
  return ended;
}
