import { CITY } from '#shared/schema/stream.ts';
import { mutationOfName } from '#shared/tables/index.ts';
import { digest } from '../../server/audit/chain.ts';
import { canonicalJson } from '../../server/audit/canonical-json.ts';
import { SYSTEM } from '../../server/sync/actor.ts';
import type { Work } from '../../server/store/centre-store.ts';
import type { WireRequest } from '../../renderer/sync/ports.ts';

/** A mutation as it first came to the centre, before anybody could spoil it. */
interface Told {
  readonly name: string;
  readonly v: number;
  readonly args: Readonly<Record<string, unknown>>;
  readonly at: number;
  readonly after: string | null;
  readonly actor: string;
}

/** With the home district of whose session it was. */
export interface Heard extends Told {
  readonly home: string;
}

/** What somebody who watched the whole history knows: who asked for what, and how every row ever looked. */
export interface Tale {
  /** By the mutation's id; a machine's by `name/digest of its arguments`. */
  readonly told: ReadonlyMap<string, Heard>;
  /** `table/id` → every content the centre gave the row, in order; 'null' for gone. */
  readonly looks: ReadonlyMap<string, readonly string[]>;
  hearRequest(request: WireRequest, home: string): void;
  hearMachine(name: string, args: Readonly<Record<string, unknown>>, at: number): void;
  hearWork(work: Pick<Work, 'puts' | 'removes'>): void;
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

export const machineKey = (name: string, argsDigest: string): string => `${name}/${argsDigest}`;

/** The mutations of a push; none of any other request. */
export const commandsOf = ({ json }: WireRequest): readonly (Told & { readonly mid: string })[] =>
  (json as { readonly commands?: readonly (Told & { readonly mid: string })[] } | undefined)?.commands ?? [];

export function tale(): Tale {
  const told = new Map<string, Heard>();
  const looks = new Map<string, string[]>();
  const look = (table: string, id: string, text: string): void => {
    const all = looks.get(`${table}/${id}`) ?? [];
    looks.set(`${table}/${id}`, all);
    all.push(text);
  };
  return {
    told,
    looks,
    hearRequest(request, home) {
      for (const command of commandsOf(request)) if (!told.has(command.mid)) told.set(command.mid, { ...command, home });
    },
    hearMachine(name, args, at) {
      const v = mutationOfName.get(name)?.mutation.v ?? 0;
      told.set(machineKey(name, digest(args)), { name, v, args, at, after: null, actor: SYSTEM.id, home: CITY });
    },
    hearWork({ puts, removes }) {
      for (const { table, row } of puts) look(table.name, row.id, textOf(row));
      for (const { table, id } of removes) look(table.name, id, 'null');
    },
  };
}
