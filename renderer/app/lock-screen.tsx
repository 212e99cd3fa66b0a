import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { engine } from '../sync/client.ts';
import { useTexts, useWord } from '../ui/language.ts';
import { Entrance } from './entrance.tsx';
import { type Refusal, refusalOf, textOf } from './fault-case.ts';
import { FaultMessage } from './fault-message.tsx';
import { signOut } from './leave.ts';
import { texts } from './texts.ts';

interface Props {
  readonly name: string;
  readonly onUnlocked: () => void;
}

export function LockScreen({ name, onUnlocked }: Props) {
  const t = useTexts(texts);
  const word = useWord();
  const [refused, setRefused] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);

  const unlock = async ({ password }: { readonly password: string }) => {
    setBusy(true);
    setRefused(null);
    try {
      await engine.unlock(password);
      onUnlocked();
    } catch (error) {
      setRefused(refusalOf(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Entrance>
      <h1>{t('lockedTitle')}</h1>
      <p className="secondary">{t('lockedHint', { name })}</p>
      {refused !== null && (
        <Alert type="error" showIcon title={word(textOf(refused).what)} description={<FaultMessage refusal={refused} />} />
      )}
      <Form layout="vertical" requiredMark={false} disabled={busy} onFinish={(entry: { password: string }) => void unlock(entry)}>
        <Form.Item name="password" label={t('password')} rules={[{ required: true, message: t('passwordMissing') }]}>
          <Input.Password autoFocus autoComplete="current-password" maxLength={200} />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={busy}>
          {t('unlock')}
        </Button>
      </Form>
      <Button type="link" block onClick={() => void signOut()}>
        {t('signOut')}
      </Button>
    </Entrance>
  );
}
