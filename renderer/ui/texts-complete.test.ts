import { expect, test } from 'vitest';
import type { Pair, Texts } from './language.ts';

const modules = import.meta.glob<{ readonly texts: Texts }>('../{app,features,ui}/**/texts.ts', { eager: true });
const places = Object.values(modules).map(({ texts }) => texts);
const holes = (text: string): string => (text.match(/\{\{\w+\}\}/g) ?? []).toSorted().join();

/** A language is called by its own name in every language. */
const OWN_NAME = 'zh';

test('every place of the screen has its own name', () => {
  expect(places.length).toBeGreaterThan(8);
  expect(new Set(places.map(({ place }) => place)).size).toBe(places.length);
});

test.each(places)('the texts of $place say the same in both languages', ({ pairs }) => {
  const differing = Object.entries<Pair>(pairs).filter(([, [zh, en]]) => zh === '' || en === '' || holes(zh) !== holes(en));
  expect(differing).toEqual([]);
});

test.each(places)('the English texts of $place are English', ({ pairs }) => {
  const chinese = Object.entries<Pair>(pairs).filter(
    ([key, [, en]]) => key !== OWN_NAME && /[\u3000-\u9fff\uff00-\uffef]/.test(en),
  );
  expect(chinese).toEqual([]);
});
