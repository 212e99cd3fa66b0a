import { beforeEach, expect, test } from 'vitest';
import type { AnyRow } from '#shared/schema/table.ts';
import { emptyDisk, memoryCache } from '../../tests/support/memory-client.ts';
import type { RegisterQuery } from './engine-api.ts';
import type { CacheChanges } from './ports.ts';
import { registers } from './register.ts';

const subject = (id: string, name: string, more: object = {}): AnyRow => ({
  id,
  districtId: '620102',
  name,
  address: '张掖路1号',
  uscc: null,
  contactName: '王某',
  kind: 'caterer',
  riskLevel: 'A',
  ...more,
});
const all: RegisterQuery = { table: 'subjects', search: '', filter: {}, sort: null, offset: 0, limit: 50 };
const changes = (rows: readonly AnyRow[], table = 'subjects'): CacheChanges => ({
  puts: new Map([[table, rows]]),
  removes: new Map(),
  shadowPuts: [],
  shadowRemoves: [],
});

let register: ReturnType<typeof registers>;

beforeEach(async () => {
  const cache = memoryCache(emptyDisk());
  await cache.apply(
    changes([
      subject('s1', '张掖路牛肉面馆'),
      subject('s2', '雁滩小饭桌', { kind: 'careTable', riskLevel: 'C', uscc: '92620102MA74XXXX11' }),
      subject('s3', '安宁食品厂', { kind: 'producer', riskLevel: null, address: '雁北路2号' }),
    ]),
  );
  await cache.apply(changes([{ id: 'l1', districtId: '620102', subjectId: 's3', no: 'SC10762010200015' }], 'licences'));
  register = registers(cache);
});

const ids = async (query: Partial<RegisterQuery>): Promise<string[]> =>
  (await register.query({ ...all, ...query })).rows.map(({ id }) => id);

test.each([
  ['a piece of the name', '牛肉', ['s1']],
  ['a piece of the address', '雁北', ['s3']],
  ['the credit code in small letters', 'ma74', ['s2']],
  ['the licence number', 'SC107', ['s3']],
  ['the full pinyin', 'yantan', ['s2']],
  ['the initials', 'anspc', ['s3']],
  ['two words that must both fit', '张掖 面馆', ['s1']],
  ['something nobody has', '不存在', []],
])('%s finds the subject', async (_what, search, expected) => {
  expect(await ids({ search })).toEqual(expected);
});

test('filters narrow, and count what each choice would give under the other filters', async () => {
  const answer = await register.query({ ...all, filter: { kind: ['careTable', 'producer'], riskLevel: [] } });
  expect(answer.total).toBe(2);
  expect(answer.counts).toEqual({
    kind: { caterer: 1, careTable: 1, producer: 1 },
    riskLevel: { C: 1, null: 1 },
  });
});

test('the place of a row is that in the whole answer, however few rows are asked for', async () => {
  const byName = { ...all, sort: { column: 'name', descending: false }, limit: 1, find: 's1' };
  expect((await register.query(byName)).foundAt).toBe(2);
  expect((await register.query({ ...byName, search: '雁' })).foundAt).toBeNull();
  expect((await register.query(all)).foundAt).toBeNull();
});

test('rows without a value stand last whichever way a column is sorted', async () => {
  expect(await ids({ sort: { column: 'riskLevel', descending: false } })).toEqual(['s1', 's2', 's3']);
  expect(await ids({ sort: { column: 'riskLevel', descending: true } })).toEqual(['s2', 's1', 's3']);
  expect(await ids({ sort: { column: 'name', descending: false } })).toEqual(['s3', 's2', 's1']);
});

test('a row that changed or went is found as it now is', async () => {
  expect(await ids({ search: '牛肉' })).toEqual(['s1']);
  register.hear(changes([subject('s1', '张掖路凉皮')]));
  register.hear({ ...changes([]), removes: new Map([['subjects', ['s2']]]) });
  expect(await ids({ search: '凉皮' })).toEqual(['s1']);
  expect(await ids({})).toHaveLength(2);
});
