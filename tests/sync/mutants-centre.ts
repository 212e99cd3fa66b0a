/** Bugs of the centre. */
import type { Command } from '#shared/protocol/messages.ts';
import { officers } from '#shared/tables/officers.ts';
import { mutationOfName } from '#shared/tables/index.ts';
import type { CentreStore, Reader, Snapshot, Work, WriteTx } from '../../server/store/centre-store.ts';
import type { Mutant } from './mutant.ts';
import type { SimCentre } from './sim-centre.ts';
import { commandsOf } from './tale.ts';

/** The centre's transactions, changed. */
function writing(sim: SimCentre, change: (tx: WriteTx) => Partial<WriteTx>): void {
  const store: { write: CentreStore['write'] } = sim.base.store;
  const write = store.write.bind(sim.base.store);
  store.write = (district, work) => write(district, (tx) => work({ ...tx, ...change(tx) }));
}

/** What the centre reads, changed. */
function reading(sim: SimCentre, change: (moment: Snapshot) => Partial<Snapshot>): void {
  const store: { read: CentreStore['read'] } = sim.base.store;
  const read = store.read.bind(sim.base.store);
  store.read = (work, home) => read((moment) => work({ ...moment, ...change(moment) }), home);
}

const saving = (change: (work: Work) => Work) => (sim: SimCentre) =>
  writing(sim, (tx) => ({ save: (work) => tx.save(change(work)) }));

/** Mutations as the centre hears them, changed. */
const hearing = (change: (command: Command, sim: SimCentre) => Promise<Command>) => (sim: SimCentre) => {
  const answer = sim.answer.bind(sim);
  sim.answer = async (session, request, pageRows) => {
    const commands = await Promise.all(commandsOf(request).map((command) => change(command, sim)));
    if (commands.length === 0) return answer(session, request, pageRows);
    sim.tale.hearRequest(request, session.districtId);
    return answer(session, { ...request, json: { ...(request.json as object), commands } }, pageRows);
  };
};

/** The first answer about each officer is kept for ever. */
function yesterday<T>(ask: (key: string) => Promise<T>, kept: Map<string, T>): (key: string) => Promise<T> {
  return async (key) => {
    const known = kept.get(key) ?? (await ask(key));
    kept.set(key, known);
    return known;
  };
}

export const AT_CENTRE: readonly Mutant[] = [
  {
    bug: 'the centre does not remember what it decided',
    spoilCentre: (sim) => writing(sim, () => ({ decided: async () => new Map() })),
  },
  { bug: 'a decision is not kept with its effect', spoilCentre: saving((work) => ({ ...work, decisions: [] })) },
  {
    bug: 'a refusal has no line in the audit',
    spoilCentre: saving((work) => ({ ...work, audit: work.audit.filter(({ code }) => code === null) })),
  },
  {
    bug: 'late work is not kept for a supervisor',
    spoilCentre: saving((work) => ({ ...work, puts: work.puts.filter(({ table }) => table.name !== 'heldWork') })),
  },
  {
    bug: 'the centre counts as decided what it never saw',
    spoilCentre: (sim) =>
      reading(sim, (moment) => ({
        lastN: async (...asked) => {
          const n = await moment.lastN(...asked);
          return n === 0 ? 0 : n + 60_000;
        },
      })),
  },
  {
    bug: 'a reader is told of a number before its row is there',
    spoilCentre: (sim) =>
      reading(sim, (moment) => ({ feed: async (...asked) => (await moment.feed(...asked)).filter(({ seq }) => seq % 7 !== 0) })),
  },
  {
    bug: 'a removal is not told',
    spoilCentre: (sim) =>
      reading(sim, (moment) => ({
        feed: async (...asked) => (await moment.feed(...asked)).filter(({ content }) => content !== null),
      })),
  },
  {
    bug: 'a restored centre is not recognised: all its commits have one mark, and its epoch stays',
    spoilCentre: (sim) => {
      Object.assign(sim.centre, { mark: () => new Uint8Array(8) });
      const restore = sim.restore.bind(sim);
      sim.restore = (backup) => restore(backup, sim.base.store.epoch);
    },
  },
  {
    bug: 'a push made for another history is taken',
    spoilCentre: (sim) => {
      const answer = sim.answer.bind(sim);
      sim.answer = (session, request, pageRows) => {
        const anyEpoch = { ...(request.json as object), epoch: sim.base.store.epoch, cursors: [], acked: 0 };
        return answer(session, request.path.endsWith('/push') ? { ...request, json: anyEpoch } : request, pageRows);
      };
    },
  },
  {
    bug: 'the last writer wins',
    spoilCentre: hearing(async (command, { base }) => {
      const known = mutationOfName.get(command.name);
      if (known?.mutation.class !== 'edit') return command;
      const { id, changes } = command.args as {
        readonly id: string;
        readonly changes: Readonly<Record<string, { readonly to: unknown }>>;
      };
      const row = await base.store.read(
        async (moment) => (await moment.rows(known.table, command.district, [id])).get(id)?.row,
        command.district,
      );
      const over = Object.entries(changes).map(([field, { to }]) => [field, { from: row?.[field] ?? null, to }]);
      return { ...command, args: { id, changes: Object.fromEntries(over) } };
    }),
  },
  { bug: 'what a mutation stands on does not matter', spoilCentre: hearing(async (command) => ({ ...command, after: null })) },
  {
    bug: 'the roles of yesterday decide',
    spoilCentre: (sim) => {
      const kept = new Map<string, Awaited<ReturnType<Reader['rows']>>>();
      writing(sim, (tx) => ({
        rows: (table, district, ids) =>
          table === officers && ids.length === 1
            ? yesterday((id) => tx.rows(table, district, [id]), kept)(String(ids[0]))
            : tx.rows(table, district, ids),
      }));
    },
  },
  {
    bug: 'the grants of yesterday decide',
    spoilCentre: (sim) => {
      const kept = new Map<string, Awaited<ReturnType<Reader['grantsOf']>>>();
      writing(sim, (tx) => ({ grantsOf: (person) => yesterday(() => tx.grantsOf(person), kept)(person.officerId) }));
    },
  },
];
