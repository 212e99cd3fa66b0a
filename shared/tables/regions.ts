import { mayRegister, must } from '../domain/permission.ts';
import { nullable, real, ref, text, word } from '../schema/column.ts';
import { registration } from '../schema/mutation.ts';
import { districtStream } from '../schema/stream.ts';
import { table } from '../schema/table.ts';

/** The id is the code: 6 digits GB/T 2260, 9 of the street, 12 of the community (统计用区划代码). */
export const regions = table('regions', {
  kind: 1,
  label: ['行政区划', 'Region'],
  doc: 'The city, its districts, streets and communities, by official code.',
  scope: 'city',
  columns: {
    name: text('名称', 'Name', { min: 1, max: 60 }),
    level: word('级别', 'Level', {
      city: ['市', 'City'],
      district: ['区县', 'District'],
      street: ['街道/乡镇', 'Street'],
      community: ['社区/村', 'Community'],
    }),
    parentId: nullable(ref('上级', 'Parent', 'regions')),
    lng: nullable(real('经度', 'Longitude', { min: -180, max: 180, unit: '°' })),
    lat: nullable(real('纬度', 'Latitude', { min: -90, max: 90, unit: '°' })),
  },
  indexes: [['parentId']],
  streamOf: (row) => districtStream(row.districtId),
});

export const regionMutations = {
  define: registration(regions, ['登记区划', 'Define region'], (act) => must(mayRegister(act.actor), 'regions')),
};
