/** Answers of the centre with other words in them. */
import { readPage, writePage, type PageRow } from '#shared/protocol/page.ts';
import type { Outcome } from '#shared/protocol/messages.ts';
import type { WireAnswer } from '../../renderer/sync/ports.ts';

const decoder = new TextDecoder();
const encoder = new TextEncoder();

export const outcomesOf = (outcomes: readonly Outcome[]): WireAnswer => ({
  status: 200,
  contentType: 'application/x-ndjson',
  bytes: encoder.encode(outcomes.map((one) => `${JSON.stringify(one)}\n`).join('')),
  complete: true,
});

/** The outcomes of a whole answer to a push, changed; any other answer as it is. */
export function withOutcomes(answer: WireAnswer, change: (outcomes: readonly Outcome[]) => readonly Outcome[]): WireAnswer {
  const text = decoder.decode(answer.bytes);
  if (answer.status !== 200 || !answer.complete || !text.startsWith('{"t":"outcome"')) return answer;
  const outcomes = text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Outcome);
  return outcomesOf(change(outcomes));
}

/** The rows of a whole page, changed, with a count and a sum that fit. */
export function changedPage(answer: WireAnswer, change: (rows: readonly PageRow[]) => readonly PageRow[]): WireAnswer {
  const text = decoder.decode(answer.bytes);
  if (answer.status !== 200 || !answer.complete || !text.startsWith('{"t":"begin"')) return answer;
  const page = readPage(answer.contentType, answer.bytes, (bytes) => decoder.decode(bytes));
  const spoiled = writePage({ ...page, rows: change(page.rows) }, (line) => encoder.encode(line));
  return { ...answer, bytes: encoder.encode(spoiled) };
}
