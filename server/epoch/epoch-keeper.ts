/**
 * Keeps the epoch: which history of the database this server speaks for, remembered in a file beside the data.
 *
 * Invariants
 * 1. A number that a workstation may have seen is in the file within half a minute, so a database that comes back with a smaller
 *    one is recognised, also when it says itself that nothing happened.
 * 2. One history has one epoch at every server: it is begun under a lock, and the newest in the database is everybody's.
 */
import { randomUUID } from 'node:crypto';
import { readHeads } from '../store/pg/heads.ts';
import type { Database } from '../store/pg/pool.ts';
import type { PokeBus } from '../sync/poke-bus.ts';
import { recall, remember } from './epoch-file.ts';
import { newestEpoch, type Settled, settleEpoch } from './settle-epoch.ts';

const REMEMBER_EVERY_MS = 30_000;

interface Around {
  readonly database: Database;
  readonly pokes: PokeBus;
  readonly path: string;
}

export class EpochKeeper {
  readonly #around: Around;
  #settled: Settled;
  #rememberedAt = 0;
  #begun = 0;

  private constructor(around: Around, settled: Settled) {
    this.#around = around;
    this.#settled = settled;
  }

  static async open(around: Around): Promise<EpochKeeper> {
    const { database, pokes, path } = around;
    const remembered = await recall(path);
    const settled = await settleEpoch(database, randomUUID(), remembered);
    pokes.renew(await readHeads(database.sql));
    const keeper = new EpochKeeper(around, settled);
    keeper.#count(settled);
    await keeper.write();
    return keeper;
  }

  get epoch(): string {
    return this.#settled.epoch;
  }

  /** Why this server began the history that counts; undefined when it was there before. */
  get because(): string | undefined {
    return this.#settled.because;
  }

  /** Histories begun here since this process started. */
  get begun(): number {
    return this.#begun;
  }

  /** Reads every head: news for who listens, or the sign of another history. Answers whether the epoch is another now. */
  async look(now: number): Promise<boolean> {
    const { database, pokes } = this.#around;
    // Told before the question was asked, so whatever answer lies below is another history.
    const before = pokes.known;
    const heads = await readHeads(database.sql);
    const fell = [...before].some(([stream, seq]) => (heads.get(stream) ?? 0) < seq);
    if (fell || (await newestEpoch(database)) !== this.epoch) return this.#settle(before);
    pokes.publish(heads);
    if (now - this.#rememberedAt >= REMEMBER_EVERY_MS) await this.write(now);
    return false;
  }

  async write(now = 0): Promise<void> {
    const { epoch, systemId, timeline } = this.#settled;
    const heads = Object.fromEntries(this.#around.pokes.known);
    this.#rememberedAt = now;
    await remember(this.#around.path, { epoch, systemId, timeline, heads });
  }

  async #settle(known: ReadonlyMap<string, number>): Promise<boolean> {
    const { database, pokes } = this.#around;
    const { epoch, systemId, timeline } = this.#settled;
    const settled = await settleEpoch(database, randomUUID(), { epoch, systemId, timeline, heads: Object.fromEntries(known) });
    if (settled.epoch === epoch) return false;
    this.#settled = settled;
    pokes.renew(await readHeads(database.sql));
    this.#count(settled);
    await this.write();
    return true;
  }

  #count({ because }: Settled): void {
    if (because !== undefined) this.#begun++;
  }
}
