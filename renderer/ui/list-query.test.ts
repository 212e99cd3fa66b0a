import { expect, test } from 'vitest';
import { readListQuery, writeListQuery } from './list-query.ts';

const columns = ['kind', 'state'];

test('the address of a list gives the list back', () => {
  const query = {
    search: '面馆',
    chosen: { kind: ['caterer', 'canteen'], state: [] },
    sort: { column: 'name', descending: true },
  };
  expect(readListQuery(new URLSearchParams(writeListQuery(query)), columns)).toEqual(query);
});

test('an empty list has an empty address', () => {
  expect(writeListQuery(readListQuery(new URLSearchParams(), columns))).toEqual({});
});

test('what is no filter of the list is ignored', () => {
  expect(readListQuery(new URLSearchParams('risk=A'), columns).chosen).toEqual({ kind: [], state: [] });
});
