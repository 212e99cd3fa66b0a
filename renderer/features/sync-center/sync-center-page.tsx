import { Tabs } from 'antd';
import { useSearchParams } from 'react-router';
import { STANDING_TONE, standingOf } from '../../app/connection.ts';
import { isSupervisor, useHeldCount } from '../../app/record/held-work.ts';
import { useActor } from '../../app/record/me.ts';
import { useEngineStatus } from '../../sync/client.ts';
import { amount } from '../../ui/amounts.ts';
import { useTexts } from '../../ui/language.ts';
import { StatusDot } from '../../ui/status-dot.tsx';
import { HeldTab } from './held/held-tab.tsx';
import { NowTab } from './now-tab.tsx';
import { texts } from './texts.ts';
import { TraceTab } from './trace/trace-tab.tsx';
import './sync-center.css';

/** How the line is and what of mine is on its way; for supervisors, what others could not finish; and what passed. */
export function SyncCenterPage() {
  const t = useTexts(texts);
  const status = useEngineStatus();
  const standing = standingOf(status);
  const supervisor = isSupervisor(useActor());
  const held = useHeldCount();
  const [asked, ask] = useSearchParams();
  const tabs = [
    { key: 'now', label: t('now'), children: <NowTab status={status} /> },
    ...(supervisor ? [{ key: 'held', label: t('held', { count: amount(held) }), children: <HeldTab /> }] : []),
    { key: 'trace', label: t('trace'), children: <TraceTab /> },
  ];
  const active = tabs.find(({ key }) => key === asked.get('tab'))?.key ?? 'now';
  return (
    <div className="page page-narrow">
      <header className="page-head">
        <h1>{t('title')}</h1>
        <StatusDot tone={STANDING_TONE[standing]}>{t(standing)}</StatusDot>
        <span className="secondary">{t(`${standing}Hint`)}</span>
      </header>
      <Tabs
        items={tabs}
        activeKey={active}
        destroyOnHidden
        onChange={(tab) => ask(tab === 'now' ? {} : { tab }, { replace: true })}
      />
    </div>
  );
}
