import { DownOutlined, UserOutlined } from '@ant-design/icons';
import { App, Button, Dropdown } from 'antd';
import { lock, signOut } from './leave.ts';
import { useTexts } from '../ui/language.ts';
import { prefer, usePreferences } from './preferences.ts';
import { texts } from './texts.ts';

interface Props {
  readonly name: string;
  /** Changes the centre does not have. */
  readonly waiting: number;
}

export function OfficerMenu({ name, waiting }: Props) {
  const t = useTexts(texts);
  const { language } = usePreferences();
  const { modal } = App.useApp();
  const leave = () => {
    if (waiting === 0) return void signOut();
    modal.confirm({
      title: t('signOut'),
      content: t('signOutWaiting', { count: waiting }),
      okText: t('signOut'),
      onOk: signOut,
    });
  };
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'lock', label: t('lock'), onClick: () => void lock() },
          { key: 'signOut', label: t('signOut'), onClick: leave },
          { type: 'divider' },
          {
            key: 'language',
            label: t(language === 'en' ? 'zh' : 'en'),
            onClick: () => prefer({ language: language === 'en' ? 'zh-CN' : 'en' }),
          },
        ],
      }}
    >
      <Button type="text" icon={<UserOutlined />}>
        {name} <DownOutlined aria-hidden="true" />
      </Button>
    </Dropdown>
  );
}
