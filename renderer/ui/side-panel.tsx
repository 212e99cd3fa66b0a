import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTexts } from './language.ts';
import { texts } from './texts.ts';

interface Props {
  readonly title: ReactNode;
  readonly label: string;
  readonly onClose: () => void;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** The record beside its list; the list stays usable. */
export function SidePanel({ title, label, onClose, actions, children }: Props) {
  const t = useTexts(texts);
  return (
    <aside className="side-panel" aria-label={label}>
      <header className="side-panel-head">
        <h2>{title}</h2>
        {actions}
        <Button type="text" icon={<CloseOutlined />} aria-label={t('close')} title={t('close')} onClick={onClose} />
      </header>
      {/* Focusable so that the keyboard can scroll it. */}
      <div className="side-panel-body" tabIndex={0} role="group" aria-label={label}>
        {children}
      </div>
    </aside>
  );
}
