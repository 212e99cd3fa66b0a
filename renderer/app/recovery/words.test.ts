import { expect, test } from 'vitest';
import { type Recovery, recoveryWords } from './words.ts';

const nothing: Recovery = { emptied: false, recovered: 0, unreadable: 0, damaged: 0, read: false };
const keysOf = (recovery: Recovery) => {
  const { found, back, uncertain } = recoveryWords(recovery);
  return { found: found.map(({ key }) => key), back: back.key, uncertain: uncertain.map(({ key }) => key) };
};

test('an emptied database with unsent work in the journal says both, and that nothing is in doubt', () => {
  expect(keysOf({ ...nothing, emptied: true, recovered: 3 })).toEqual({ found: ['emptied'], back: 'recovered', uncertain: [] });
  expect(recoveryWords({ ...nothing, emptied: true, recovered: 3 }).back.values).toEqual({ count: 3 });
});

test('an emptied database without unsent work says that nothing had to be brought back', () => {
  expect(keysOf({ ...nothing, emptied: true })).toEqual({ found: ['emptied'], back: 'nothingBack', uncertain: [] });
});

test('a database that could not be opened is named where it was put aside', () => {
  const { found } = recoveryWords({ ...nothing, movedFrom: 'IndexedDB-20261124' });
  expect(found).toEqual([{ key: 'movedAway', values: { name: 'IndexedDB-20261124' } }]);
});

test('lines that cannot be read are told by number and cause, and that they are kept', () => {
  expect(keysOf({ ...nothing, unreadable: 2, damaged: 1 })).toEqual({
    found: ['journalFlawed'],
    back: 'nothingBack',
    uncertain: ['unreadable', 'damaged', 'keptLines'],
  });
});

test('work that only the journal had is told also where the database was there', () => {
  expect(keysOf({ ...nothing, recovered: 1 })).toEqual({ found: ['lacking'], back: 'recovered', uncertain: [] });
});
