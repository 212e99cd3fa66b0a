import type { Command } from '#shared/protocol/messages.ts';
import { CITY } from '#shared/schema/stream.ts';
import { canonicalJson } from '../../server/audit/canonical-json.ts';
import type { Work } from '../../server/store/centre-store.ts';
import { type MachineCommand, systemMessage } from '../../server/sync/system-message.ts';
import type { WireRequest } from '../../renderer/sync/ports.ts';
import type { Truth } from './centre-base.ts';

/** A mutation as it first came to the centre, before anybody could spoil it. */
export interface Told {
  readonly command: Command;
  /** Home district of whose session it was. */
  readonly home: string;
}

/** What somebody who watched the whole history knows: who asked for what, and how every row ever looked. */
export interface Tale {
  readonly told: ReadonlyMap<string, Told>;
  /** `table/id` → every content the centre gave the row, in order; 'null' for gone. */
  readonly looks: ReadonlyMap<string, readonly string[]>;
  /** Every mutation ever decided, also in a history that was lost. */
  readonly decided: ReadonlySet<string>;
  hearRequest(request: WireRequest, home: string): void;
  hearMachine(command: MachineCommand, district: string): void;
  hearWork(work: Pick<Work, 'puts' | 'removes' | 'decisions'>): void;
  /** The centre has gone back: its rows look again as they did. */
  hearRestored(rows: Truth['rows']): void;
}

const texts = new WeakMap<object, string>();

/** A value as text in which the order of keys says nothing. Rows are never changed in place, so each is written out once. */
export function textOf(value: object | null): string {
  if (value === null) return 'null';
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = canonicalJson(value);
  texts.set(value, text);
  return text;
}

/** The mutations of a push; none of any other request. */
export const commandsOf = ({ json }: WireRequest): readonly Command[] =>
  (json as { readonly commands?: readonly Command[] } | undefined)?.commands ?? [];

export function tale(): Tale {
  const told = new Map<string, Told>();
  const looks = new Map<string, string[]>();
  const decided = new Set<string>();
  const hear = (command: Command, home: string): void => {
    if (!told.has(command.mid)) told.set(command.mid, { command, home });
  };
  const look = (table: string, id: string, text: string): void => {
    const all = looks.get(`${table}/${id}`) ?? [];
    looks.set(`${table}/${id}`, all);
    all.push(text);
  };
  return {
    told,
    looks,
    decided,
    hearRequest(request, home) {
      for (const command of commandsOf(request)) hear(command, home);
    },
    // What a machine wants is a command once it has its id.
    hearMachine: (command, district) => hear(systemMessage(command, district) as Command, CITY),
    hearWork({ puts, removes, decisions }) {
      for (const { mid } of decisions) decided.add(mid);
      for (const { table, row } of puts) look(table.name, row.id, textOf(row));
      for (const { table, id } of removes) look(table.name, id, 'null');
    },
    hearRestored(rows) {
      for (const [table, all] of rows) for (const { row } of all.values()) look(table, row.id, textOf(row));
    },
  };
}
