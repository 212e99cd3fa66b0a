import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { Heads } from '../../sync/poke-bus.ts';
import type { Sql } from '../../sync/commit-clock.ts';

const CHANNEL = 'sync';
const GATHER_MS = 30;
const RECONNECT_MS = 1000;

/**
 * Tells other servers of heads, after the commit and outside its transaction: inside it the database would let its writers
 * commit only one after another. The first after a quiet moment goes at once, what comes within the 30 ms after it together, each
 * stream once.
 */
export class Announcements {
  readonly #sql: Sql;
  readonly #lost: (error: Error) => void;
  #waiting = new Map<string, number>();
  /** Runs for as long as others are gathered. */
  #gathering: NodeJS.Timeout | undefined;

  constructor(sql: Sql, lost: (error: Error) => void) {
    this.#sql = sql;
    this.#lost = lost;
  }

  say(heads: Heads): void {
    for (const [stream, seq] of heads) this.#waiting.set(stream, Math.max(seq, this.#waiting.get(stream) ?? 0));
    if (heads.size > 0 && !this.#gathering) this.#tell();
  }

  #tell(): void {
    this.flush().catch(this.#lost);
    this.#gathering = setTimeout(() => {
      this.#gathering = undefined;
      if (this.#waiting.size > 0) this.#tell();
    }, GATHER_MS);
  }

  /** Says at once what waits. A failure loses a hint and nothing else. */
  async flush(): Promise<void> {
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    const said = [...this.#waiting].map(([stream, seq]) => `${stream}:${seq}`);
    this.#waiting = new Map();
    if (said.length > 0) await this.#sql.query(`select pg_notify('${CHANNEL}', said) from unnest($1::text[]) as said`, [said]);
  }
}

interface Ear {
  readonly hear: (heads: Heads) => void;
  readonly lost: (error: Error) => void;
}

/**
 * Hears what other servers announce, over a connection of its own (not through a transaction pooler) that is made anew when it
 * breaks. Answers how to stop.
 */
export function listenTo(url: string, ear: Ear): () => Promise<void> {
  const stop = new AbortController();
  const listening = (async () => {
    while (!stop.signal.aborted) {
      await hearUntilItBreaks(url, ear, stop.signal).catch(ear.lost);
      await sleep(RECONNECT_MS, undefined, { signal: stop.signal }).catch(() => undefined); // stopped: no need to wait
    }
  })();
  return () => {
    stop.abort();
    return listening;
  };
}

async function hearUntilItBreaks(url: string, { hear, lost }: Ear, stop: AbortSignal): Promise<void> {
  const client = new Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: 10_000 });
  client.on('error', lost);
  client.on('notification', ({ payload = '' }) => {
    const [, stream, seq] = /^(.+):(\d{1,15})$/.exec(payload) ?? [];
    if (stream !== undefined) hear(new Map([[stream, Number(seq)]]));
  });
  const over = new Promise<void>((done) => {
    client.once('end', done);
    stop.addEventListener('abort', () => done(), { once: true });
  });
  try {
    await client.connect();
    await client.query(`listen ${CHANNEL}`);
    if (!stop.aborted) await over;
  } finally {
    await client.end();
  }
}
