import type { Column, Words } from '#shared/schema/column.ts';
import { mutationOfName } from '#shared/tables/index.ts';
import type { WaitingItem } from '../../sync/engine-api.ts';

/** What is shown of a mutation, whoever did it and whatever became of it. */
export type Change = Pick<WaitingItem, 'name' | 'table' | 'targetId' | 'args'>;

/** One thing a change says: a field with its new value, and its old one where something was edited. */
export interface ChangeLine {
  readonly key: string;
  readonly column: Column;
  readonly value: unknown;
  readonly before?: unknown;
}

export interface ChangeWords {
  /** 问题 · 登记问题 */
  readonly table: Words;
  readonly verb: Words;
  readonly lines: readonly ChangeLine[];
}

const UNKNOWN: Words = ['（未知操作）', '(unknown action)'];

const isEdit = (value: unknown): value is Readonly<Record<string, { readonly from: unknown; readonly to: unknown }>> =>
  typeof value === 'object' && value !== null;

/** What a mutation of any table says, from its definition alone. Empty values say nothing and are left out. */
export function changeWords({ name, args }: Pick<Change, 'name' | 'args'>): ChangeWords {
  const known = mutationOfName.get(name);
  if (!known) return { table: [name, name], verb: UNKNOWN, lines: [] };
  const { table, mutation } = known;
  const head = { table: table.label, verb: mutation.label };
  const changes = args['changes'];
  if (mutation.class === 'edit' && isEdit(changes)) {
    const lines = Object.entries(changes).flatMap(([field, { from, to }]) => {
      const column = table.columns[field];
      return column ? [{ key: field, column, value: to, before: from }] : [];
    });
    return { ...head, lines };
  }
  const lines = Object.entries(mutation.args).flatMap(([key, column]) => {
    const value = args[key];
    const says = key !== 'id' && value !== null && value !== undefined && value !== '';
    return says ? [{ key, column, value }] : [];
  });
  return { ...head, lines };
}
