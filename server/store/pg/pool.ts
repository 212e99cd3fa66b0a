import { Pool, types } from 'pg';
import type { Sql } from '../../sync/commit-clock.ts';
import { StoreFailure } from '../centre-store.ts';

/** `bigint` as a number: every one of ours is a safe integer. */
const INT8 = 20;

export interface Database {
  /** One statement on its own. */
  readonly sql: Sql;
  transaction<T>(mode: 'read committed' | 'repeatable read, read only', work: (sql: Sql) => Promise<T>): Promise<T>;
  /**
   * Works while no other process does under the same number; undefined when one does. The lock ends with its connection, so a
   * process that dies holds nothing.
   */
  alone<T>(lock: number, work: () => Promise<T>): Promise<T | undefined>;
  /** Resolves once every connection has really ended, so that the server behind it may be stopped. */
  close(): Promise<void>;
}

export interface PoolOptions {
  readonly max?: number;
  /** Told when a connection that nobody uses breaks; the pool opens another one when it is needed. */
  readonly lost?: (error: Error) => void;
}

export function openDatabase(url: string, { max = 20, lost = () => undefined }: PoolOptions = {}): Database {
  const pool = new Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 60_000,
    idle_in_transaction_session_timeout: 60_000,
    types: {
      getTypeParser: ((oid: number, format: 'text') =>
        oid === INT8 ? Number : types.getTypeParser(oid, format)) as typeof types.getTypeParser,
    },
  });
  const ends = new Set<Promise<void>>();
  pool.on('connect', (client) => {
    // A client may break while it is in use or while the pool is closing, when the pool itself does not listen.
    client.on('error', lost);
    const end = new Promise<void>((done) => client.once('end', done)).then(() => void ends.delete(end));
    ends.add(end);
  });
  pool.on('error', lost);
  return {
    sql: { query: (text, values) => asked(() => pool.query(text, values as unknown[])) },
    transaction: (mode, work) => transaction(pool, mode, work),
    alone: (lock, work) => alone(pool, lock, work),
    async close() {
      await pool.end();
      await Promise.all(ends);
    },
  };
}

async function transaction<T>(pool: Pool, mode: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const client = await asked(() => pool.connect());
  const query: Sql['query'] = (text, values) => asked(() => client.query(text, values as unknown[]));
  let broken: Error | undefined;
  try {
    await query(`begin isolation level ${mode}`);
    const result = await work({ query });
    await query('commit');
    return result;
  } catch (error) {
    await query('rollback').catch((cause: Error) => {
      broken = cause; // the connection is gone and the transaction with it
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

async function alone<T>(pool: Pool, lock: number, work: () => Promise<T>): Promise<T | undefined> {
  const client = await asked(() => pool.connect());
  const query = async (text: string): Promise<unknown> => (await asked(() => client.query(text, [lock]))).rows[0]?.mine;
  try {
    if ((await query('select pg_try_advisory_lock($1) as mine')) !== true) return undefined;
    return await work();
  } finally {
    client.release(true); // ended rather than given back: so the lock is gone whatever happened
  }
}

/** The one place where the database's errors become ours. */
async function asked<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    throw new StoreFailure('the database failed', { cause });
  }
}
