import * as z from 'zod';
import { mayRegister, must } from '../domain/permission.ts';
import { json, nullable, ref, text, word } from '../schema/column.ts';
import { registration } from '../schema/mutation.ts';
import { districtStream } from '../schema/stream.ts';
import { table } from '../schema/table.ts';

export const orgUnits = table('orgUnits', {
  kind: 2,
  label: ['监管机构', 'Supervising body'],
  doc: 'City bureau, district bureaus and market-supervision stations. Apart from regions: a body may cover what has no code.',
  scope: 'city',
  columns: {
    kind: word('类别', 'Kind', {
      city: ['市局', 'City bureau'],
      bureau: ['区县局', 'District bureau'],
      station: ['市场监管所', 'Station'],
    }),
    name: text('名称', 'Name', { min: 1, max: 80 }),
    shortName: text('机关代字', 'Short name', { max: 10 }),
    regionCodes: json('管辖区划', 'Regions', z.array(z.string().max(12)).max(60), [['620102001'], []]),
    parentId: nullable(ref('上级机构', 'Parent body', 'orgUnits')),
    phone: text('监督电话', 'Telephone', { max: 30 }),
  },
  indexes: [['parentId']],
  streamOf: (row) => districtStream(row.districtId),
});

export const orgUnitMutations = {
  define: registration(orgUnits, ['登记机构', 'Define body'], (act) => must(mayRegister(act.actor), 'orgUnits')),
};
