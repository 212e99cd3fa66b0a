import { licenceMark } from '../domain/check-mark.ts';
import { mayEnforce, mayRegister, must } from '../domain/permission.ts';
import { day, nullable, ref, text, word } from '../schema/column.ts';
import { edit, registration } from '../schema/mutation.ts';
import { districtStream } from '../schema/stream.ts';
import { type Row, table } from '../schema/table.ts';
import { CHECK_MARKS } from './words.ts';

export const licences = table('licences', {
  kind: 7,
  label: ['许可证照', 'Licence'],
  doc: 'Licence, registration or filing of a subject.',
  scope: 'district',
  columns: {
    subjectId: ref('监管对象', 'Subject', 'subjects'),
    kind: word('证照类型', 'Kind', {
      SC: ['食品生产许可', 'Food production'],
      JY: ['食品经营许可', 'Food business'],
      YB: ['预包装食品备案', 'Pre-packed filing'],
      XZF: ['小作坊登记', 'Small workshop'],
      XCY: ['小餐饮登记', 'Small caterer'],
      BA: ['小饭桌备案', 'Care table filing'],
    }),
    no: text('证照编号', 'Number', { min: 1, max: 40 }),
    noCheck: word('编号校验', 'Number check', CHECK_MARKS),
    validTo: nullable(day('有效期至', 'Valid to')),
    scope: text('许可范围', 'Scope', { max: 200 }),
  },
  indexes: [['subjectId']],
  streamOf: (row) => districtStream(row.districtId),
});

const marked = (row: Row<typeof licences>): Row<typeof licences> => ({ ...row, noCheck: licenceMark(row.kind, row.no) });

export const licenceMutations = {
  record: registration(
    licences,
    ['登记证照', 'Record licence'],
    (act) => must(mayRegister(act.actor) || mayEnforce(act.actor), 'licences'),
    marked,
  ),
  edit: edit(licences, ['no', 'validTo', 'scope'], (_row, act) => must(mayEnforce(act.actor), 'licences'), marked),
};
