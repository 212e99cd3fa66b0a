import { expect, test } from 'vitest';
import { Fault } from '#shared/errors.ts';
import { FAULT_TEXT } from './fault-text.ts';
import { refusalOf, textOf } from './fault-case.ts';

const told = (left: number) => textOf({ kind: 'offlinePasswordWrong', detail: { left } }).todo;

test('a wrong password says how many tries are left', () => {
  expect(told(3)[0]).toContain('再有 3 次');
  expect(told(3)[1]).toContain('3 more wrong tries lock it');
  expect(told(1)[1]).toContain('1 more wrong try locks it');
  expect(told(0)[0]).toContain('现已锁定');
});

test('a lock for a while says until when, a lock for good only the way out', () => {
  const until = Date.parse('2026-11-24T06:18:00Z');
  expect(textOf({ kind: 'offlineLocked', detail: { until } }).todo[0]).toContain('14:18');
  expect(textOf({ kind: 'offlineLocked', detail: { onlineOnly: true } })).toEqual(FAULT_TEXT.offlineLocked);
});

test.each(['windowGone', 'hostGone', 'worker', 'vault'])('%s does not read as a broken database', (reason) => {
  const text = textOf({ kind: 'storageBroken', detail: { reason } });
  expect(text.what).not.toEqual(FAULT_TEXT.storageBroken.what);
  for (const [zh, en] of Object.values(text)) {
    expect(zh).toMatch(/[\u4e00-\u9fff].*。$/);
    expect(en).toMatch(/^[A-Z][^\u4e00-\u9fff]*\.$/);
  }
});

test('a database that broke says so', () => {
  expect(textOf({ kind: 'storageBroken', detail: { name: 'UnknownError' } })).toEqual(FAULT_TEXT.storageBroken);
});

test('a defect reads as the unexpected, a refusal as itself', () => {
  expect(refusalOf(new TypeError('x is undefined')).kind).toBe('internal');
  expect(refusalOf(new Fault('diskFull', 'no space', { freeBytes: 0 }))).toEqual({ kind: 'diskFull', detail: { freeBytes: 0 } });
});

test('who has left is told so at the door, anything else that is not permitted reads as it is', () => {
  expect(textOf({ kind: 'notPermitted', detail: { what: 'signIn' } })).toEqual(FAULT_TEXT.officerLeft);
  expect(textOf({ kind: 'notPermitted', detail: { what: 'officers' } })).toEqual(FAULT_TEXT.notPermitted);
});
