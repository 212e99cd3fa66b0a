import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type * as z from 'zod';
import { CODES } from '#shared/errors.ts';
import {
  command,
  digestAnswer,
  helloAnswer,
  helloRequest,
  outcome,
  pushRequest,
  refusalBody,
  signInAnswer,
  signInRequest,
  snapshotAnswer,
} from '#shared/protocol/messages.ts';
import { pageOf } from '../support/read-page.ts';

const text = readFileSync('docs/sync.md', 'utf8');
const examples = new Map(
  Array.from(text.matchAll(/```json (\S+)\n(.*?)```/gs), ([, name = '', body = '']) => [name, body] as const),
);

const SHAPES: Readonly<Record<string, z.ZodType>> = {
  refusal: refusalBody,
  'sign-in-request': signInRequest,
  'sign-in-answer': signInAnswer,
  'hello-request': helloRequest,
  'hello-answer': helloAnswer,
  'push-request': pushRequest.extend({ commands: command.array() }),
  outcome,
  'snapshot-answer': snapshotAnswer,
  'digest-answer': digestAnswer,
};

test.each(Object.keys(SHAPES))('the example of %s is one', (name) => {
  const lines = examples.get(name)?.trim().split('\n') ?? [];
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) expect(SHAPES[name]?.safeParse(JSON.parse(line)).error).toBeUndefined();
});

test('the example of a page is whole, sum and count included', () => {
  expect(pageOf(examples.get('page') ?? '').rows).toHaveLength(3);
});

test('the table of refusals says what the list of refusals says', () => {
  const rows = Array.from(text.matchAll(/^\| `(\w+)` \| (E[\d.]+) \| (\d+) \| (yes|no) \|/gm), ([, ...cells]) => cells);
  const list = Object.entries(CODES).filter(([, [, status]]) => status < 590);
  expect(rows).toEqual(list.map(([kind, [code, status, retry]]) => [kind, code, String(status), retry ? 'yes' : 'no']));
});
