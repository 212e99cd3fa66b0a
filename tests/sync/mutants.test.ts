/** Bugs put in on purpose: a simulator that does not find them would prove nothing about the engine. */
import { expect, test } from 'vitest';
import type { WireAnswer } from '../../renderer/sync/ports.ts';
import type { SimCentre } from './sim-centre.ts';
import type { Spoil } from './sim-workstation.ts';
import { simulate } from './simulate.ts';

const WITHIN = 300;

interface Mutant {
  readonly bug: string;
  readonly spoil?: Spoil;
  readonly spoilCentre?: (sim: SimCentre) => void;
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** The lines of an answer to a push, changed. */
function relined(answer: WireAnswer, change: (lines: string[]) => string[]): WireAnswer {
  if (answer.status !== 200 || !answer.contentType.startsWith('application/x-ndjson')) return answer;
  const text = decoder.decode(answer.bytes);
  if (!text.startsWith('{"t":"outcome"')) return answer;
  return { ...answer, bytes: encoder.encode(change(text.split('\n')).join('\n')) };
}

/** Each outcome under the id of the one before it. */
function rotated(lines: string[]): string[] {
  const mids = lines.map((line) => /"mid":"([^"]+)"/.exec(line)?.[1]);
  return lines.map((line, i) => (mids[i] ? line.replace(mids[i], mids[i === 0 ? mids.length - 2 : i - 1] ?? mids[i]) : line));
}

const MUTANTS: readonly Mutant[] = [
  {
    bug: 'a mutation is called saved before anything durable holds it',
    spoil: {
      outbox: (real) => ({ ...bound(real), add: async () => undefined }),
      journal: (real) => ({ ...bound(real), append: async () => undefined }),
    },
  },
  {
    bug: 'the journal forgets what IndexedDB may lose',
    spoil: { journal: (real) => ({ ...bound(real), append: async () => undefined }) },
  },
  {
    bug: 'the cursor is written before the rows of its page',
    spoil: {
      cache: (real) => ({
        ...bound(real),
        async apply(changes) {
          const nothing = { puts: new Map(), removes: new Map(), shadowPuts: [], shadowRemoves: [] };
          if (changes.cursor) await real.apply({ ...nothing, cursor: changes.cursor });
          await real.apply(changes);
        },
      }),
    },
  },
  {
    bug: 'the centre’s version of a changed row is not kept',
    spoil: { cache: (real) => ({ ...bound(real), apply: (changes) => real.apply({ ...changes, shadowPuts: [] }) }) },
  },
  {
    bug: 'what is no longer granted stays',
    spoil: { cache: (real) => ({ ...bound(real), dropStream: async () => new Map() }) },
  },
  {
    bug: 'a refusal is swallowed',
    spoil: { outbox: (real) => ({ ...bound(real), decide: ({ acked }) => real.decide({ acked, issues: [] }) }) },
  },
  {
    bug: 'outcomes are taken by their place, not by their id',
    spoil: { wire: (real) => ({ ...real, send: async (request) => relined(await real.send(request), rotated) }) },
  },
  {
    bug: 'a batch is sent in another order',
    spoil: {
      wire: (real) => ({
        ...real,
        send: (request) => {
          const body = request.json as { readonly commands?: readonly unknown[] } | undefined;
          if (!body?.commands) return real.send(request);
          return real.send({ ...request, json: { ...body, commands: body.commands.toReversed() } });
        },
      }),
    },
  },
  {
    bug: 'the centre does not remember what it decided',
    spoilCentre: ({ store }) => {
      const write = store.write.bind(store);
      store.write = (district, work) => write(district, (tx) => work({ ...tx, decided: async () => new Map() }));
    },
  },
  {
    bug: 'the centre counts as decided what it never saw',
    spoilCentre: ({ store }) => {
      const read = store.read.bind(store);
      store.read = (work) =>
        read((snapshot) =>
          work({
            ...snapshot,
            lastN: async (...asked) => {
              const n = await snapshot.lastN(...asked);
              return n === 0 ? 0 : n + 60_000;
            },
          }),
        );
    },
  },
  {
    bug: 'a reader is told of a number before its row is there',
    spoilCentre: ({ store }) => {
      const read = store.read.bind(store);
      store.read = (work) =>
        read((snapshot) =>
          work({ ...snapshot, feed: async (...asked) => (await snapshot.feed(...asked)).filter(({ seq }) => seq % 7 !== 0) }),
        );
    },
  },
];

/** The methods of a store, so that one of them can be replaced. */
function bound<T extends object>(real: T): T {
  return new Proxy(real, {
    ownKeys: () => Object.keys(real),
    getOwnPropertyDescriptor: (_target, name) => ({ configurable: true, enumerable: true, value: Reflect.get(real, name) }),
  });
}

test('the same stores, wrapped and not spoiled, break no promise', async () => {
  const spoil: Spoil = {
    outbox: (real) => ({ ...bound(real) }),
    cache: (real) => ({ ...bound(real) }),
    journal: (real) => ({ ...bound(real) }),
    wire: (real) => ({ ...real, send: async (request) => relined(await real.send(request), (lines) => lines) }),
  };
  for (let seed = 1; seed <= 30; seed++) expect((await simulate(seed, { spoil })).flaws).toEqual([]);
}, 60_000);

test.each(MUTANTS)(
  'the simulator finds: $bug',
  async ({ spoil, spoilCentre }) => {
    let found = 0;
    for (let seed = 1; seed <= WITHIN && found === 0; seed++) {
      const history = await simulate(seed, { ...(spoil ? { spoil } : {}), ...(spoilCentre ? { spoilCentre } : {}) });
      if (history.flaws.length > 0) found = seed;
    }
    expect(found).toBeGreaterThan(0);
  },
  120_000,
);
