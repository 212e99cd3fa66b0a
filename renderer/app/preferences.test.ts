import { expect, test } from 'vitest';
import { readPreferences } from './preferences.ts';

test('what was chosen is kept', () => {
  expect(readPreferences('{"language":"en","theme":"dark"}')).toEqual({ language: 'en', theme: 'dark' });
});

test.each([null, '', 'null', '[]', '{', '{"language":"fr","theme":7}'])(
  '%s gives Chinese and the theme of the system',
  (kept) => {
    expect(readPreferences(kept)).toEqual({ language: 'zh-CN', theme: 'system' });
  },
);
