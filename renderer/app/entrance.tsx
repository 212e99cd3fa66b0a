import type { ReactNode } from 'react';
import { useTexts } from '../ui/language.ts';
import { prefer, usePreferences } from './preferences.ts';
import { texts } from './texts.ts';

interface Props {
  /** For what has to be read rather than filled in. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** The frame of what stands before the work, or in its place: sign-in, lock, first load, recovery, an account that was closed. */
export function Entrance({ wide = false, children }: Props) {
  const t = useTexts(texts);
  const { language } = usePreferences();
  return (
    <main className="entrance">
      <div className={wide ? 'entrance-box entrance-wide' : 'entrance-box'}>
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
