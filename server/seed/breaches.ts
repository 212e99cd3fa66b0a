import type { problems } from '#shared/tables/problems.ts';
import type { Draft } from './command.ts';

export type ProblemDraft = Draft<typeof problems>;

/** A kind of breach that a camera or a visitor sees. */
export type Breach = Pick<ProblemDraft, 'category' | 'riskClass' | 'clause' | 'description'>;

const CLEAN_STAFF = '食品安全法第三十三条第一款第八项';
const FACILITIES = '食品安全法第三十三条第一款第二项';
const CLEAN_PLACE = '食品安全法第三十三条第一款第一项';

const breach = (riskClass: Breach['riskClass'], category: string, clause: string, description: string): Breach => ({
  riskClass,
  category,
  clause,
  description,
});

export const RODENT = breach('1', '鼠患', FACILITIES, '夜间后厨地面有鼠类活动');

/** What captures show, by how often. The three classes are those of the warning rules: at once, by a deadline, by guidance. */
export const SEEN: readonly (readonly [breach: Breach, weight: number])[] = [
  [breach('3', '未戴口罩', CLEAN_STAFF, '烹饪间一名从业人员未戴口罩操作'), 30],
  [breach('3', '未戴厨师帽', CLEAN_STAFF, '后厨人员未戴工作帽'), 24],
  [breach('3', '未穿工作服', CLEAN_STAFF, '后厨人员未穿清洁工作服'), 14],
  [breach('3', '玩手机', CLEAN_STAFF, '加工过程中使用手机'), 10],
  [breach('2', '垃圾桶未盖', CLEAN_PLACE, '餐厨废弃物容器未加盖'), 10],
  [breach('2', '吸烟', CLEAN_STAFF, '食品处理区内有人吸烟'), 6],
  [breach('2', '陌生人闯入', CLEAN_PLACE, '非工作人员进入食品处理区'), 4],
  [RODENT, 2],
];

/** What people complain of. */
export const COMPLAINED: readonly Breach[] = [
  breach('2', '环境卫生', CLEAN_PLACE, '投诉人反映就餐区及后厨卫生较差'),
  breach('2', '异物', '食品安全法第三十四条第六项', '投诉人反映餐食中有异物'),
  breach('3', '餐饮具清洗消毒', '食品安全法第三十三条第一款第五项', '投诉人反映餐具未洗净'),
];
