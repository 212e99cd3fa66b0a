/** One item of a checklist (检查要点表): a key item (重点项, *) or a general one (一般项). */
export interface ChecklistItem {
  readonly no: number;
  readonly category: string;
  readonly text: string;
  readonly key: boolean;
}

/** 是 / 否 / 合理缺项, with what the officer saw. */
export interface Answer {
  readonly result: 'yes' | 'no' | 'na';
  readonly remark: string;
}

export type Answers = Readonly<Record<string, Answer>>;

export const VERDICTS = {
  pass: ['符合', 'Conforms'],
  basic: ['基本符合', 'Basically conforms'],
  fail: ['不符合', 'Does not conform'],
} as const satisfies Record<string, readonly [string, string]>;

export type Verdict = keyof typeof VERDICTS;

interface Checklist {
  readonly items: readonly ChecklistItem[];
  /** Most general items that may fail before the whole fails. */
  readonly maxGeneralFails: number;
}

/** Items that have no answer yet, by number. */
export const unanswered = (list: Checklist, answers: Answers): readonly number[] =>
  list.items.filter((item) => !answers[String(item.no)]).map((item) => item.no);

/** How many key and general items failed. */
export function countFails(list: Checklist, answers: Answers): { readonly key: number; readonly general: number } {
  const failed = list.items.filter((item) => answers[String(item.no)]?.result === 'no');
  const key = failed.filter((item) => item.key).length;
  return { key, general: failed.length - key };
}

/** 餐饮服务日常监督检查结果判定: any key item, or more general ones than the template allows, fails; one or more general is "basic". */
export function judge(list: Checklist, answers: Answers): Verdict {
  const { key, general } = countFails(list, answers);
  if (key > 0 || general > list.maxGeneralFails) return 'fail';
  return general > 0 ? 'basic' : 'pass';
}
