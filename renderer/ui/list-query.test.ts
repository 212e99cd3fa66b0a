import { expect, test } from 'vitest';
import { asksNothing, lets, readListQuery, writeListQuery } from './list-query.ts';

const columns = ['kind', 'state'];

test('the address of a list gives the list back', () => {
  const query = {
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

test('a filter with nothing chosen lets everything through; what has no code passes no other', () => {
  expect(lets([], null)).toBe(true);
  expect(lets(['pass'], 'pass')).toBe(true);
  expect(lets(['pass'], null)).toBe(false);
});

test('a search or a chosen code is a question', () => {
  const nothing = { search: '', chosen: { kind: [] }, sort: { column: 'name', descending: true } };
  expect(asksNothing(nothing)).toBe(true);
  expect(asksNothing({ ...nothing, search: '面' })).toBe(false);
  expect(asksNothing({ ...nothing, chosen: { kind: ['caterer'] } })).toBe(false);
});
