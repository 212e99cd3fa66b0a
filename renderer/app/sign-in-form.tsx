import { Alert, Button, Form, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import type { EntryOptions } from '../sync/engine-api.ts';
import { engine } from '../sync/client.ts';
import { useTexts, useWord } from '../ui/language.ts';
import { type Refusal, refusalOf, textOf } from './fault-case.ts';
import { FaultMessage } from './fault-message.tsx';
import { texts } from './texts.ts';

interface Entry {
  readonly account: string;
  readonly password: string;
  /** Asked for once the centre knows a newer password than this computer. */
  readonly earlierPassword?: string;
}

interface Props {
  /** Whose password is asked for; whoever signs in names the account where it is left out. */
  readonly account?: string;
  /** Stands where a refusal would, while there is none. */
  readonly hint?: ReactNode;
  readonly onEntered?: () => void;
}

/** Account and password, and what a refusal may ask for beyond them. */
export function SignInForm({ account: known, hint, onEntered }: Props) {
  const t = useTexts(texts);
  const word = useWord();
  const [form] = Form.useForm<Entry>();
  const [refused, setRefused] = useState<Refusal | null>(null);
  const [resealing, setResealing] = useState(false);
  const [trusting, setTrusting] = useState(false);
  const [busy, setBusy] = useState(false);

  const enter = async ({ account, password, earlierPassword }: Entry, trustNewCentre: boolean) => {
    const options: EntryOptions = {
      ...(earlierPassword ? { earlierPassword } : {}),
      ...(trustNewCentre ? { trustNewCentre } : {}),
    };
    setBusy(true);
    setRefused(null);
    try {
      await engine.signIn((known ?? account).trim(), password, options);
      onEntered?.();
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal.kind === 'internal') console.error(error);
      if (refusal.kind === 'passwordChanged') setResealing(true);
      setRefused(refusal);
    } finally {
      setBusy(false);
    }
  };

  /** Holds until the account is changed: the entry may yet be refused for another reason, such as a changed password. */
  const trust = () => {
    setTrusting(true);
    form.validateFields().then(
      (entry) => enter(entry, true),
      () => undefined, // the fields themselves say what is missing
    );
  };

  return (
    <div className="sign-in-form">
      {refused === null ? (
        hint
      ) : (
        <Alert
          type={refused.kind === 'passwordChanged' ? 'warning' : 'error'}
          showIcon
          title={word(textOf(refused).what)}
          description={<FaultMessage refusal={refused} />}
        />
      )}
      <Form<Entry>
        form={form}
        layout="vertical"
        requiredMark={false}
        disabled={busy}
        onFinish={(entry) => void enter(entry, trusting)}
        onValuesChange={(changed) => {
          if (!('account' in changed)) return;
          setResealing(false);
          setTrusting(false);
        }}
      >
        {known === undefined && (
          <Form.Item
            name="account"
            label={t('account')}
            rules={[{ required: true, whitespace: true, message: t('accountMissing') }]}
          >
            <Input autoFocus autoComplete="username" maxLength={64} spellCheck={false} />
          </Form.Item>
        )}
        <Form.Item name="password" label={t('password')} rules={[{ required: true, message: t('passwordMissing') }]}>
          <Input.Password autoFocus={known !== undefined} autoComplete="current-password" maxLength={200} />
        </Form.Item>
        {resealing && (
          <Form.Item
            name="earlierPassword"
            label={t('earlierPassword')}
            preserve={false}
            rules={[{ required: true, message: t('earlierPasswordMissing') }]}
          >
            <Input.Password autoFocus autoComplete="off" maxLength={200} />
          </Form.Item>
        )}
        <Button type="primary" htmlType="submit" block loading={busy}>
          {t('signIn')}
        </Button>
        {refused?.kind === 'centreChanged' && (
          <Button className="trust-centre" danger block onClick={trust}>
            {t('trustCentre')}
          </Button>
        )}
      </Form>
    </div>
  );
}
