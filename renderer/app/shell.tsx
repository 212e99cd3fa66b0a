import { Alert } from 'antd';
import { useState } from 'react';
import { Outlet } from 'react-router';
import { useEngineStatus } from '../sync/client.ts';
import { useTexts } from '../ui/language.ts';
import { LineTrouble } from './line-trouble.tsx';
import { Navigation } from './navigation.tsx';
import { ProgramAge } from './program-age.tsx';
import { StatusBar } from './status-bar.tsx';
import { SyncDrawer } from './sync-drawer.tsx';
import { texts } from './texts.ts';
import { TopBar } from './top-bar.tsx';

/** The frame around every page: navigation, top, status; nothing else. */
export function Shell() {
  const t = useTexts(texts);
  const status = useEngineStatus();
  const [syncOpen, setSyncOpen] = useState(false);
  const incomplete = status.streams.some((one) => one.phase !== 'live');
  return (
    <div className="shell">
      <Navigation issues={status.issues} />
      <div className="shell-right">
        <TopBar status={status} />
        <LineTrouble status={status} />
        <ProgramAge program={status.program} />
        {incomplete && <Alert banner type="warning" title={t('incomplete')} />}
        <main className="shell-main" aria-label={t('content')}>
          <Outlet />
        </main>
        <StatusBar status={status} onOpen={() => setSyncOpen(true)} />
      </div>
      <SyncDrawer status={status} open={syncOpen} onClose={() => setSyncOpen(false)} />
    </div>
  );
}
