import { App, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useEffect, useSyncExternalStore } from 'react';
import { speak } from '../ui/language.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { Gate } from './gate.tsx';
import { usePreferences } from './preferences.ts';
import { antTheme, paint, type Shade } from './theme.ts';

const dark = window.matchMedia('(prefers-color-scheme: dark)');
const calm = window.matchMedia('(prefers-reduced-motion: reduce)');
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

const useMatches = (query: MediaQueryList): boolean =>
  useSyncExternalStore(
    (listener) => {
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => query.matches,
  );

/** Language, colours and layers around everything. */
export function Root() {
  const { language, theme } = usePreferences();
  const systemDark = useMatches(dark);
  const still = useMatches(calm);
  const shade: Shade = theme === 'system' ? (systemDark ? 'dark' : 'light') : theme;
  useEffect(() => speak(language), [language]);
  useEffect(() => paint(shade), [shade]);
  const config = antTheme(shade);
  return (
    <ConfigProvider
      locale={language === 'en' ? enUS : zhCN}
      csp={{ nonce }}
      theme={{ ...config, token: { ...config.token, motion: !still } }}
      button={{ autoInsertSpace: false }}
    >
      <App className="app" notification={{ placement: 'topRight', maxCount: 3 }}>
        <ErrorBoundary>
          <Gate />
        </ErrorBoundary>
      </App>
    </ConfigProvider>
  );
}
