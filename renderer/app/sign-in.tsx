import { Alert, Button, Form, Input, Switch } from 'antd';
import { useState } from 'react';
import type { FaultKind } from '#shared/errors.ts';
import type { EngineStatus } from '../sync/engine-api.ts';
import { engine } from '../sync/client.ts';
import { useTexts, useWord } from '../ui/language.ts';
import { Entrance } from './entrance.tsx';
import { FaultMessage } from './fault-message.tsx';
import { FAULT_TEXT, faultKindOfError } from './fault-text.ts';
import { texts } from './texts.ts';

interface Entry {
  readonly account: string;
  readonly password: string;
}

export function SignIn({ status }: { readonly status: EngineStatus }) {
  const t = useTexts(texts);
  const word = useWord();
  const [refused, setRefused] = useState<FaultKind | null>(null);
  const [busy, setBusy] = useState(false);

  const enter = async ({ account, password }: Entry) => {
    setBusy(true);
    setRefused(null);
    try {
      await engine.signIn(account.trim(), password);
    } catch (error) {
      const kind = faultKindOfError(error);
      if (kind === 'internal') console.error(error);
      setRefused(kind);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Entrance>
      <h1>{t('signIn')}</h1>
      {refused !== null && (
        <Alert type="error" showIcon title={word(FAULT_TEXT[refused].what)} description={<FaultMessage kind={refused} />} />
      )}
      {refused === null && status.connection === 'offline' && <Alert type="info" showIcon title={t('offlineHint')} />}
      <Form<Entry> layout="vertical" requiredMark={false} disabled={busy} onFinish={(entry) => void enter(entry)}>
        <Form.Item
          name="account"
          label={t('account')}
          rules={[{ required: true, whitespace: true, message: t('accountMissing') }]}
        >
          <Input autoFocus autoComplete="username" maxLength={64} spellCheck={false} />
        </Form.Item>
        <Form.Item name="password" label={t('password')} rules={[{ required: true, message: t('passwordMissing') }]}>
          <Input.Password autoComplete="current-password" maxLength={200} />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={busy}>
          {t('signIn')}
        </Button>
      </Form>
      <label className="entrance-switch">
        <Switch
          size="small"
          checked={status.workOffline}
          aria-label={t('workOffline')}
          onChange={(on) => void engine.setWorkOffline(on)}
        />
        {t('workOffline')}
      </label>
    </Entrance>
  );
}
