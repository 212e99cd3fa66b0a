import { useRef, useState } from 'react';
import type { Answer, Answers } from '#shared/domain/verdict.ts';
import type { Save } from '../../app/record/use-save.tsx';
import type { RowFor } from '../../store/local-api.ts';
import { useLive } from '../../store/live.ts';
import { mutate } from '../../sync/client.ts';

interface Given {
  readonly answer: Answer;
  /** The reading of the copy from which on it is in there; null while it is being saved. */
  readonly turn: number | null;
}

interface AnswerSheet {
  readonly answers: Answers;
  /** Changes the result or the remark of one item, from what stands on the screen; a remark needs a result first. True once saved. */
  readonly answer: (no: number, part: Partial<Answer>) => Promise<boolean>;
}

/**
 * The answers of a visit as the officer gave them. One counts until a reading of the copy that began after it was saved:
 * an earlier one may still show what it replaced, and the next answer would name the wrong one as its `from`.
 */
export function useAnswers({ id, answers: first }: RowFor<'inspections'>, save: Save['save']): AnswerSheet {
  const [given, setGiven] = useState<ReadonlyMap<number, Given>>(new Map());
  const [turn, setTurn] = useState(0);
  const turns = useRef(0);
  const seen = useLive(
    async (local, asked) => {
      const [visit, began] = asked as readonly [string, number];
      return { began, answers: (await local.get('inspections', visit))?.answers };
    },
    [id, turn],
  );
  const ahead = [...given].filter(([, one]) => one.turn === null || one.turn > (seen?.began ?? 0));
  const answers: Answers = {
    ...(seen?.answers ?? first),
    ...Object.fromEntries(ahead.map(([no, one]) => [String(no), one.answer])),
  };

  const answer = async (no: number, part: Partial<Answer>): Promise<boolean> => {
    const from = answers[String(no)] ?? null;
    const result = part.result ?? from?.result;
    if (result === undefined) return false;
    const mine: Given = { answer: { result, remark: part.remark ?? from?.remark ?? '' }, turn: null };
    setGiven((now) => new Map(now).set(no, mine));
    const saved = await save(() => mutate.inspections.answer({ id, no, from, answer: mine.answer }));
    turns.current += 1;
    const next = turns.current;
    setTurn(next);
    setGiven((now) => {
      if (now.get(no) !== mine) return now;
      const rest = new Map(now);
      if (saved) rest.set(no, { ...mine, turn: next });
      else rest.delete(no);
      return rest;
    });
    return saved;
  };
  return { answers, answer };
}
