import { expect, test } from 'vitest';
import type { TraceEvent } from '../../../sync/trace.ts';
import type { Pair } from '../../../ui/language.ts';
import { texts } from './texts.ts';
import { traceText } from './trace-text.ts';

const pairs: Readonly<Record<string, Pair>> = texts.pairs;
const reading = (side: 0 | 1) => ({
  t: (key: string, values: Readonly<Record<string, string | number>> = {}) =>
    Object.entries(values).reduce((text, [name, value]) => text.replace(`{{${name}}}`, String(value)), pairs[key]?.[side] ?? key),
  word: (pair: Pair) => pair[side],
  nameOf: (stream: string) => (stream === 'd:620102' ? '城关区监管数据' : stream),
});
const inChinese = (event: TraceEvent): string => traceText({ ...event, at: 0 }, reading(0));

const district = 'd:620102';
const EVENTS: readonly (readonly [TraceEvent, string])[] = [
  [{ what: 'greeted', streams: 3, epoch: '0f9c2a4e-0000-4000-8000-000000000000' }, '已连接中心：3 个数据流，中心标识 0f9c2a4e'],
  [{ what: 'sent', applied: 3, merged: 0, rejected: 0 }, '已上报 3 项'],
  [{ what: 'sent', applied: 1, merged: 1, rejected: 2 }, '已上报 4 项，其中 1 项部分采用，2 项未被接受'],
  [{ what: 'brought', stream: district, rows: 12_345, seq: 77 }, '已取回 12,345 条：城关区监管数据（第 77 号）'],
  [{ what: 'dropped', stream: district, why: 'withdrawn' }, '已移除本机的城关区监管数据：授权已撤销'],
  [{ what: 'offeredAgain', mutations: 9 }, '中心恢复自备份，已重新提交 9 项供其核对'],
  [{ what: 'filled', stream: 'city', kinds: [4] }, '程序更新后补齐数据：city'],
  [{ what: 'checked', stream: district, differ: 0 }, '自检一致：城关区监管数据'],
  [{ what: 'checked', stream: district, differ: 2 }, '自检：城关区监管数据有 2 处不一致，正在修复'],
  [
    { what: 'failed', kind: 'serverUnreachable', detail: {}, againInMs: 1400 },
    '连接失败：未能连接市局服务器。（E599.1）2 秒后重试',
  ],
  [{ what: 'listening' }, '已开始接收中心的通知'],
  [{ what: 'offline' }, '已离线'],
];

test.each(EVENTS)('%j reads as a sentence', (event, sentence) => {
  expect(inChinese(event)).toBe(sentence);
});

test.each(EVENTS)('%j reads in English, too', (event) => {
  expect(traceText({ ...event, at: 0 }, { ...reading(1), nameOf: () => 'Work' })).toMatch(/^[A-Z][^\u4e00-\u9fff{]*$/);
});
