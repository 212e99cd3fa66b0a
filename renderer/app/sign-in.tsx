import { Alert, Switch } from 'antd';
import type { EngineStatus } from '../sync/engine-api.ts';
import { engine } from '../sync/client.ts';
import { useTexts } from '../ui/language.ts';
import { Entrance } from './entrance.tsx';
import { SignInForm } from './sign-in-form.tsx';
import { texts } from './texts.ts';

export function SignIn({ status }: { readonly status: EngineStatus }) {
  const t = useTexts(texts);
  return (
    <Entrance>
      <h1>{t('signIn')}</h1>
      <SignInForm hint={status.connection === 'offline' && <Alert type="info" showIcon title={t('offlineHint')} />} />
      <label className="entrance-switch">
        <Switch
          size="small"
          checked={status.workOffline}
          aria-label={t('workOffline')}
          onChange={(on) => void engine.setWorkOffline(on)}
        />
        {t('workOffline')}
      </label>
      <p className="secondary">{t('diagnosticsLater')}</p>
    </Entrance>
  );
}
