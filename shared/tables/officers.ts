import * as z from 'zod';
import { mayRegister, must, ROLES } from '../domain/permission.ts';
import { day, json, nullable, personal, ref, text, word } from '../schema/column.ts';
import { edit, registration } from '../schema/mutation.ts';
import { districtStream } from '../schema/stream.ts';
import { table } from '../schema/table.ts';

const roles = z.array(z.enum(Object.keys(ROLES) as [keyof typeof ROLES])).max(6);

export const officers = table('officers', {
  kind: 3,
  label: ['监管人员', 'Officer'],
  doc: 'Staff of the bureaus and stations, with roles and the number of the enforcement certificate.',
  scope: 'district',
  columns: {
    name: personal(text('姓名', 'Name', { min: 1, max: 40 })),
    account: text('账号', 'Account', { min: 1, max: 40 }),
    orgUnitId: ref('所属机构', 'Body', 'orgUnits'),
    roles: json('角色', 'Roles', roles, [['officer'], ['officer', 'stationHead']]),
    certNo: personal(nullable(text('执法证号', 'Certificate no.', { max: 40 }))),
    certExpires: nullable(day('执法证有效期至', 'Certificate valid to')),
    phone: personal(nullable(text('联系电话', 'Telephone', { max: 30 }))),
    state: word('状态', 'State', { active: ['在岗', 'Active'], left: ['离岗', 'Left'] }),
  },
  indexes: [['orgUnitId']],
  streamOf: (row) => districtStream(row.districtId),
});

const keeper = (what: string) => (_row: unknown, act: { actor: Parameters<typeof mayRegister>[0] }) =>
  must(mayRegister(act.actor), what);

export const officerMutations = {
  enrol: registration(officers, ['登记人员', 'Enrol officer'], (act) => must(mayRegister(act.actor), 'officers')),
  edit: edit(officers, ['orgUnitId', 'roles', 'certNo', 'certExpires', 'phone', 'state'], keeper('officers')),
};
