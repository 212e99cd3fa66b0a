import * as z from 'zod';
import { mayDispatch, mayRegister, must } from '../domain/permission.ts';
import { day, integer, json, nullable, ref, text, word } from '../schema/column.ts';
import { edit, registration } from '../schema/mutation.ts';
import { districtStream } from '../schema/stream.ts';
import { table } from '../schema/table.ts';

const ring = z.array(z.tuple([z.number(), z.number()])).min(4);
/** Rings of longitude and latitude in degrees, GCJ-02; outer rings only, several where a cell falls in parts. */
const polygon = z.array(ring).max(20);

/** GB/T 30428.1: 6 digits county + 3 street + 3 community + 3 serial. */
export const gridCells = table('gridCells', {
  kind: 5,
  label: ['网格', 'Grid cell'],
  doc: 'A cell of the supervision grid: one community, or a special area such as the surroundings of a school.',
  scope: 'district',
  columns: {
    code: text('网格编码', 'Cell code', { min: 15, max: 20 }),
    name: text('名称', 'Name', { min: 1, max: 80 }),
    kind: word('类别', 'Kind', { base: ['基础网格', 'Base'], special: ['专属网格', 'Special'] }),
    regionId: ref('社区/村', 'Community', 'regions'),
    stationId: ref('监管所', 'Station', 'orgUnits'),
    officerIds: json('监管人员', 'Officers', z.array(z.string().max(64)).max(12), [['o1', 'o2'], []]),
    polygon: nullable(
      json('范围', 'Area', polygon, [
        [
          [
            [103.8, 36],
            [103.9, 36],
            [103.9, 36.1],
            [103.8, 36],
          ],
        ],
      ]),
    ),
    schoolRadiusM: nullable(integer('校园周边半径', 'School radius', { min: 0, max: 5000, unit: 'm' })),
    noticeOn: nullable(day('公示日期', 'Notice published')),
    state: word('状态', 'State', {
      draft: ['待启用', 'Draft'],
      active: ['启用', 'Active'],
      retired: ['停用', 'Retired'],
    }),
  },
  indexes: [['stationId']],
  streamOf: (row) => districtStream(row.districtId),
});

export const gridCellMutations = {
  draw: registration(gridCells, ['划定网格', 'Draw cell'], (act) => must(mayRegister(act.actor), 'gridCells')),
  edit: edit(gridCells, ['name', 'officerIds', 'stationId', 'schoolRadiusM', 'noticeOn'], (_row, act) =>
    must(mayDispatch(act.actor), 'gridCells'),
  ),
};
