import { creditCodeMark } from '../domain/check-mark.ts';
import { mayEnforce, mayRegister, must } from '../domain/permission.ts';
import { flag, integer, nullable, personal, real, ref, text, word } from '../schema/column.ts';
import { edit, registration } from '../schema/mutation.ts';
import { districtStream } from '../schema/stream.ts';
import { table } from '../schema/table.ts';
import { CHECK_MARKS, LEVELS } from './words.ts';

/** The stored region code always wins; a point that falls elsewhere is only a hint (区划待核). */
export const subjects = table('subjects', {
  kind: 6,
  label: ['监管对象', 'Subject'],
  doc: 'A business under supervision: producer, warehouse, caterer, canteen or care table (小饭桌).',
  scope: 'district',
  columns: {
    name: text('单位名称', 'Name', { min: 1, max: 120 }),
    kind: word('业态', 'Business kind', {
      producer: ['食品生产企业', 'Producer'],
      warehouse: ['食品仓储', 'Warehouse'],
      caterer: ['餐饮服务单位', 'Caterer'],
      canteen: ['学校食堂', 'School canteen'],
      careTable: ['小饭桌', 'Care table'],
    }),
    uscc: nullable(text('统一社会信用代码', 'Credit code', { max: 18 })),
    usccCheck: word('代码校验', 'Code check', CHECK_MARKS),
    regionId: ref('所属区划', 'Region', 'regions'),
    gridId: ref('网格', 'Grid cell', 'gridCells'),
    stationId: ref('监管所', 'Station', 'orgUnits'),
    address: personal(text('地址', 'Address', { max: 200 })),
    lng: nullable(real('经度', 'Longitude', { min: -180, max: 180, unit: '°' })),
    lat: nullable(real('纬度', 'Latitude', { min: -90, max: 90, unit: '°' })),
    crs: word('坐标系', 'Coordinates', {
      gcj02: ['GCJ-02', 'GCJ-02'],
      cgcs2000: ['CGCS2000', 'CGCS2000'],
      wgs84: ['WGS-84', 'WGS-84'],
    }),
    contactName: personal(text('负责人', 'Person in charge', { max: 40 })),
    contactPhone: personal(text('联系电话', 'Telephone', { max: 30 })),
    riskLevel: nullable(word('风险等级(A 最低)', 'Risk level (A lowest)', LEVELS)),
    stewardLevel: nullable(word('包保等级(A 最重要)', 'Steward level (A foremost)', LEVELS)),
    creditClass: nullable(word('信用类别', 'Credit class', LEVELS)),
    diners: nullable(integer('就餐人数', 'Diners', { min: 0, max: 100_000, unit: '人' })),
    areaM2: nullable(real('面积', 'Area', { min: 0, max: 1_000_000, unit: 'm²' })),
    brightKitchen: flag('明厨亮灶', 'Bright kitchen'),
    demo: flag('演示', 'Demonstration'),
    state: word('经营状态', 'State', {
      pending: ['待核', 'Pending'],
      active: ['在营', 'Active'],
      suspended: ['停业', 'Suspended'],
      closed: ['注销', 'Closed'],
    }),
  },
  indexes: [['gridId'], ['kind']],
  streamOf: (row) => districtStream(row.districtId),
});

export const subjectMutations = {
  register: registration(
    subjects,
    ['登记监管对象', 'Register subject'],
    (act) => must(mayRegister(act.actor) || mayEnforce(act.actor), 'subjects'),
    (row) => ({ ...row, usccCheck: creditCodeMark(row.uscc) }),
  ),
  edit: edit(
    subjects,
    [
      'name',
      'address',
      'lng',
      'lat',
      'contactName',
      'contactPhone',
      'gridId',
      'diners',
      'areaM2',
      'brightKitchen',
      'riskLevel',
      'state',
    ],
    (_row, act) => must(mayEnforce(act.actor), 'subjects'),
  ),
};
