import { Fault } from '../errors.ts';

const FORBIDDEN: readonly string[] = ['__proto__', 'constructor', 'prototype'];
/** Deeper than any message of ours; a deeper one is an attack on the stack. */
const MAX_DEPTH = 64;

/** `forbiddenKey` when a key could reach a prototype, `badMessage` when it is nested too deep. */
export const mustBeSafe = (value: unknown): void => walk(value, 0);

function walk(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > MAX_DEPTH) throw new Fault('badMessage', 'nested too deep', { limit: MAX_DEPTH });
  if (Array.isArray(value)) {
    for (const item of value) walk(item, depth + 1);
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    if (FORBIDDEN.includes(key)) throw new Fault('forbiddenKey', `the key ${key} is not allowed`, { key });
    walk(item, depth + 1);
  }
}

/** JSON from outside: `badMessage` when it is none, `forbiddenKey` when a key could reach a prototype. */
export function parseJson(text: string): unknown {
  const value = parseUnsafe(text);
  mustBeSafe(value);
  return value;
}

/** The same without looking at keys and depth: whoever calls it reads only names of its own, or looks itself. */
export function parseUnsafe(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Fault('badMessage', 'not JSON', { length: text.length });
  }
}
