import { changeLanguage, default as i18next, use } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';

/** Chinese first, English second: a text without its other language does not compile. */
export type Pair = readonly [zh: string, en: string];

export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

void use(initReactI18next).init({
  lng: 'zh-CN',
  fallbackLng: 'zh-CN',
  initAsync: false,
  resources: {},
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
});

/** The texts of one place of the screen; `{{name}}` stands for a value. */
export interface Texts<K extends string = string> {
  readonly place: string;
  readonly pairs: Readonly<Record<K, Pair>>;
}

export function defineTexts<const K extends string>(place: string, pairs: Readonly<Record<K, Pair>>): Texts<K> {
  const side = (index: 0 | 1) => Object.fromEntries(Object.entries<Pair>(pairs).map(([key, pair]) => [key, pair[index]]));
  i18next.addResourceBundle('zh-CN', place, side(0));
  i18next.addResourceBundle('en', place, side(1));
  return { place, pairs };
}

export type Say<K extends string> = (key: K, values?: Readonly<Record<string, string | number>>) => string;

export function useTexts<K extends string>(texts: Texts<K>): Say<K> {
  const { t } = useTranslation(texts.place);
  return (key, values) => t(key as string, { ...values });
}

export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return i18n.language === 'en' ? 'en' : 'zh-CN';
}

/** The word of a definition in the language of the screen. */
export function useWord(): (pair: Pair) => string {
  const index = useLanguage() === 'en' ? 1 : 0;
  return (pair) => pair[index];
}

export function speak(language: Language): void {
  document.documentElement.lang = language;
  void changeLanguage(language);
}
