import * as z from 'zod';
import { mayRegister, must } from '../domain/permission.ts';
import { day, integer, json, text, word } from '../schema/column.ts';
import { registration } from '../schema/mutation.ts';
import { districtStream } from '../schema/stream.ts';
import { table } from '../schema/table.ts';

const items = z
  .array(z.strictObject({ no: z.int().min(1), category: z.string().max(40), text: z.string().max(400), key: z.boolean() }))
  .min(1)
  .max(200);

/** Versioned: every inspection keeps the template it was made with. */
export const checklistTemplates = table('checklistTemplates', {
  kind: 9,
  label: ['检查要点表', 'Checklist'],
  doc: 'A published list of what to check, with the rule that turns answers into a verdict.',
  scope: 'city',
  columns: {
    code: text('表号', 'Code', { min: 1, max: 40 }),
    version: integer('版本', 'Version', { min: 1, max: 1000 }),
    title: text('名称', 'Title', { min: 1, max: 120 }),
    domain: word('适用', 'Applies to', {
      production: ['食品生产', 'Production'],
      sales: ['食品销售', 'Sales'],
      catering: ['餐饮服务', 'Catering'],
      careTable: ['小饭桌', 'Care tables'],
    }),
    effectiveFrom: day('施行日期', 'Effective from'),
    maxGeneralFails: integer('一般项不符合上限', 'General fails allowed', { min: 0, max: 200, unit: '项' }),
    items: json('要点', 'Items', items, [
      [{ no: 1, category: '许可管理', text: '证照有效', key: false }],
      [{ no: 1, category: '人员管理', text: '健康证明有效', key: true }],
    ]),
  },
  indexes: [],
  streamOf: (row) => districtStream(row.districtId),
});

export const checklistTemplateMutations = {
  publish: registration(checklistTemplates, ['发布要点表', 'Publish checklist'], (act) =>
    must(mayRegister(act.actor), 'checklistTemplates'),
  ),
};
