import { textOf } from '../../../app/fault-case.ts';
import { codeOf } from '../../../app/fault-text.ts';
import type { TraceLine } from '../../../sync/trace.ts';
import { amount } from '../../../ui/amounts.ts';
import type { Pair, Say } from '../../../ui/language.ts';
import type { texts } from './texts.ts';

interface Reading {
  readonly t: Say<keyof typeof texts.pairs>;
  readonly word: (pair: Pair) => string;
  /** What a stream carries, in words. */
  readonly nameOf: (stream: string) => string;
}

/** So much of an epoch tells one centre from another. */
const EPOCH_DIGITS = 8;

/** One line of the trace as a sentence. */
export function traceText(line: TraceLine, { t, word, nameOf }: Reading): string {
  switch (line.what) {
    case 'greeted':
      return t('greeted', { streams: line.streams, epoch: line.epoch.slice(0, EPOCH_DIGITS) });
    case 'sent': {
      const { applied, merged, rejected } = line;
      return [
        t('sent', { count: applied + merged + rejected }),
        merged > 0 ? t('sentMerged', { count: merged }) : '',
        rejected > 0 ? t('sentRejected', { count: rejected }) : '',
      ].join('');
    }
    case 'brought':
      return t('brought', { rows: amount(line.rows), stream: nameOf(line.stream), seq: line.seq });
    case 'dropped':
      return t('dropped', { stream: nameOf(line.stream), why: t(line.why) });
    case 'offeredAgain':
      return t('offeredAgain', { count: line.mutations });
    case 'filled':
      return t('filled', { stream: nameOf(line.stream) });
    case 'checked':
      return line.differ === 0
        ? t('checked', { stream: nameOf(line.stream) })
        : t('checkedDiffers', { stream: nameOf(line.stream), count: line.differ });
    case 'failed':
      return t('failed', {
        why: word(textOf(line).what),
        code: codeOf(line.kind),
        seconds: Math.ceil(line.againInMs / 1000),
      });
    case 'listening':
    case 'offline':
    case 'heldBack':
    case 'wiped':
      return t(line.what);
  }
}
