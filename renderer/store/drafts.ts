/**
 * Half-typed work, sealed, kept until it is sent or dropped: in the outbox database, and, because that can come up empty, as
 * lines in a lane of the journal.
 *
 * Invariants
 * 1. A draft is kept once both have it. Of two words about one draft the later one counts, wherever it stands.
 * 2. Opening gives the database what only the journal knows, and takes from it what the journal says was dropped.
 * 3. Rewriting the lane keeps the living drafts, and lines that this key does not open, as they are.
 * 4. Reading asks memory alone, which has what the database has: a field can be opened also when the database is closed.
 */
import * as z from 'zod';
import type { Journal } from '../sync/ports.ts';
import { serial } from '../sync/serial.ts';
import type { OutboxDatabase } from './databases.ts';
import { fromBase64, type Seal, toBase64 } from './seal.ts';
import { watched } from './watched.ts';

/** So many lines later the lane is rewritten with what lives. */
const COMPACT_AFTER = 64;

const word = z.union([
  z.strictObject({ key: z.string(), at: z.int(), value: z.unknown() }),
  z.strictObject({ key: z.string(), at: z.int(), dropped: z.literal(true) }),
]);
type Word = z.infer<typeof word>;

interface Kept {
  readonly value: unknown;
  readonly savedAt: number;
}

export interface Drafts {
  save(key: string, value: unknown): Promise<void>;
  read(key: string): Promise<Kept | null>;
  drop(key: string): Promise<void>;
}

export async function openDrafts(db: OutboxDatabase, seal: Seal, journal: Journal): Promise<Drafts> {
  const inTurn = serial();
  const kept = new Map<string, Kept>();
  for (const { key, sealed, savedAt } of await watched(() => db.draft.toArray()))
    kept.set(key, { value: JSON.parse(seal.open(sealed)), savedAt });
  /** Lines added since the lane was rewritten. */
  let added = 0;

  /** The last word about each draft, and the lines worth keeping. */
  async function readLane() {
    const { entries } = await journal.read();
    const last = new Map<string, { readonly word: Word; readonly text: string }>();
    const unreadable: string[] = [];
    for (const { text } of entries) {
      const said = open(text);
      if (said === undefined) unreadable.push(text);
      else last.set(said.key, { word: said, text });
    }
    const living = [...last.values()].filter((one) => !('dropped' in one.word)).map(({ text }) => text);
    const keep = [...unreadable, ...living];
    return {
      words: [...last.values()].map((one) => one.word),
      keep,
      spent: entries.length - keep.length,
      end: entries.at(-1)?.seq,
    };
  }

  function open(text: string): Word | undefined {
    try {
      return word.parse(JSON.parse(seal.open(fromBase64(text))));
    } catch {
      return undefined; // of another key, or of a later program: it stays in the lane
    }
  }

  async function compact(): Promise<void> {
    const { keep, end } = await readLane();
    if (keep.length > 0) await journal.append(keep);
    if (end !== undefined) await journal.trim(end);
    added = 0;
  }

  async function say(said: Word): Promise<void> {
    await journal.append([toBase64(seal.seal(JSON.stringify(said)))]);
    added += 1;
    if (added > COMPACT_AFTER) await compact();
  }

  async function put(key: string, value: unknown, savedAt: number): Promise<void> {
    const sealed = seal.seal(JSON.stringify(value));
    await watched(() => db.draft.put({ key, sealed, savedAt }));
    kept.set(key, { value, savedAt });
  }

  async function remove(key: string): Promise<void> {
    await watched(() => db.draft.delete(key));
    kept.delete(key);
  }

  async function recover(): Promise<void> {
    const lane = await readLane();
    for (const said of lane.words) {
      const here = kept.get(said.key);
      if (here !== undefined && here.savedAt >= said.at) continue;
      if (!('dropped' in said)) await put(said.key, said.value, said.at);
      else if (here !== undefined) await remove(said.key);
    }
    added = lane.spent;
    if (added > COMPACT_AFTER) await compact();
  }

  await recover();

  return {
    save: (key, value) =>
      inTurn(async () => {
        const at = Date.now();
        await put(key, value, at);
        await say({ key, at, value });
      }),
    read: (key) => inTurn(async () => kept.get(key) ?? null),
    drop: (key) =>
      inTurn(async () => {
        if (!kept.has(key)) return;
        await say({ key, at: Date.now(), dropped: true });
        await remove(key);
      }),
  };
}
