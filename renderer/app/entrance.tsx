import type { ReactNode } from 'react';
import { useTexts } from '../ui/language.ts';
import { prefer, usePreferences } from './preferences.ts';
import { texts } from './texts.ts';

/** The frame of what stands before the work: sign-in, lock, first load. */
export function Entrance({ children }: { readonly children: ReactNode }) {
  const t = useTexts(texts);
  const { language } = usePreferences();
  return (
    <main className="entrance">
      <div className="entrance-box">
        <p className="entrance-product">{t('product')}</p>
        {children}
      </div>
      <button
        type="button"
        className="entrance-language"
        lang={language === 'en' ? 'zh-CN' : 'en'}
        onClick={() => prefer({ language: language === 'en' ? 'zh-CN' : 'en' })}
      >
        {language === 'en' ? t('zh') : t('en')}
      </button>
    </main>
  );
}
