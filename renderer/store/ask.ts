/** One question to the copy: plain data, so that it can cross from a window to the worker. */
import type { AnyRow } from '#shared/schema/table.ts';
import type { CacheStore, Where } from '../sync/ports.ts';
import type { Mark } from './local-api.ts';

export type Ask = { readonly table: string } & (
  | { readonly how: 'get'; readonly id: string }
  | { readonly how: 'many' | 'marks'; readonly ids: readonly string[] }
  | { readonly how: 'where'; readonly asked: Where }
  | { readonly how: 'all' | 'count' }
);

export type Answer = AnyRow | undefined | readonly (AnyRow | undefined)[] | ReadonlyMap<string, Mark> | number;

/** `refused`: `table/id` of rows with an open refusal. */
export async function answerAsk(cache: CacheStore, refused: readonly string[], ask: Ask): Promise<Answer> {
  const { table } = ask;
  switch (ask.how) {
    case 'get':
      return cache.get(table, ask.id);
    case 'many':
      return cache.many(table, ask.ids);
    case 'where':
      return cache.where(table, ask.asked);
    case 'all':
      return cache.all(table);
    case 'count':
      return cache.count(table);
    case 'marks': {
      const marks = new Map<string, Mark>();
      for (const id of await cache.covered(table, ask.ids)) marks.set(id, 'waiting');
      for (const id of ask.ids) if (refused.includes(`${table}/${id}`)) marks.set(id, 'refused');
      return marks;
    }
  }
}
