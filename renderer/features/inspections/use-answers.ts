import { useState } from 'react';
import type { Answer, Answers } from '#shared/domain/verdict.ts';
import type { Save } from '../../app/record/use-save.tsx';
import type { RowFor } from '../../store/local-api.ts';
import { mutate } from '../../sync/client.ts';

interface Given {
  readonly answer: Answer;
  /** What the copy held when it was given; the copy speaks again once this is saved and the copy has moved on. */
  readonly over: Answers;
  readonly saved: boolean;
}

interface AnswerSheet {
  readonly answers: Answers;
  /** Changes the result or the remark of one item, from what stands on the screen; a remark needs a result first. */
  readonly answer: (no: number, part: Partial<Answer>) => Promise<void>;
}

/** The answers of a visit as the officer gave them, shown before the copy has read them back. */
export function useAnswers({ id, answers: kept }: RowFor<'inspections'>, save: Save['save']): AnswerSheet {
  const [given, setGiven] = useState<ReadonlyMap<number, Given>>(new Map());
  const ahead = [...given].filter(([, { saved, over }]) => !saved || over === kept);
  const answers: Answers = { ...kept, ...Object.fromEntries(ahead.map(([no, { answer }]) => [String(no), answer])) };

  const answer = async (no: number, part: Partial<Answer>) => {
    const from = answers[String(no)] ?? null;
    const result = part.result ?? from?.result;
    if (result === undefined) return;
    const mine: Given = { answer: { result, remark: part.remark ?? from?.remark ?? '' }, over: kept, saved: false };
    setGiven((now) => new Map(now).set(no, mine));
    const saved = await save(() => mutate.inspections.answer({ id, no, from, answer: mine.answer }));
    setGiven((now) => {
      if (now.get(no) !== mine) return now;
      const next = new Map(now);
      if (saved) next.set(no, { ...mine, saved });
      else next.delete(no);
      return next;
    });
  };
  return { answers, answer };
}
