import type * as z from 'zod';
import { Fault } from '#shared/errors.ts';
import { parseJson } from '#shared/protocol/safe-json.ts';
import { isStorable } from './storable.ts';

/** The text of a request as the message it should be, or `badMessage`; `forbiddenKey` where a key could reach a prototype. */
export function readRequest<T>(schema: z.ZodType<T>, text: string): T {
  const value = parseJson(text);
  if (!isStorable(value)) throw new Fault('badMessage', 'text that cannot be stored');
  return shaped(schema, value);
}

export function shaped<T>(schema: z.ZodType<T>, value: unknown): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const flaws = read.error.issues.map((issue) => ({ field: issue.path.join('.'), flaw: issue.message }));
  throw new Fault('badMessage', 'the message has another shape', { flaws });
}
