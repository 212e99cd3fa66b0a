import { Alert, Button, Drawer, Switch } from 'antd';
import { Link } from 'react-router';
import type { EngineStatus } from '../sync/engine-api.ts';
import { engine } from '../sync/client.ts';
import { FactsGrid } from '../ui/facts-grid.tsx';
import { useTexts } from '../ui/language.ts';
import { momentOf } from '../ui/moments.ts';
import { StatusDot } from '../ui/status-dot.tsx';
import { useNow } from '../ui/use-now.ts';
import { STANDING_TONE, standingOf } from './connection.ts';
import { FilesProgress } from './files/files-progress.tsx';
import { useStreamName } from './stream-name.ts';
import { texts } from './texts.ts';
import { useSyncFacts } from './sync-facts.tsx';

interface Props {
  readonly status: EngineStatus;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** The short form of the sync centre, over any page. */
export function SyncDrawer({ status, open, onClose }: Props) {
  const t = useTexts(texts);
  const { facts, warnings } = useSyncFacts(status);
  const standing = standingOf(status);
  const nameOf = useStreamName();
  const now = useNow();
  const streams = status.streams.map((one) => ({
    key: one.stream,
    label: nameOf(one.stream),
    value: one.inStepAt === null ? t('neverInStep') : t('inStep', { at: momentOf(one.inStepAt, now) }),
  }));
  return (
    <Drawer title={t('drawer')} open={open} onClose={onClose} size={420}>
      <div className="sync-drawer">
        {warnings.map((text) => (
          <Alert key={text} type="warning" showIcon title={text} />
        ))}
        <p className="actions">
          <StatusDot tone={STANDING_TONE[standing]}>{t(standing)}</StatusDot>
          {status.waiting + status.files.waiting + status.files.stuck === 0 && <span>{t('allSent')}</span>}
          {status.waiting > 0 && <span>{t('waiting', { count: status.waiting })}</span>}
          {status.files.waiting > 0 && <span>{t('files', { count: status.files.waiting })}</span>}
          {status.issues > 0 && <StatusDot tone="bad">{t('issues', { count: status.issues })}</StatusDot>}
        </p>
        <FilesProgress files={status.files} />
        <FactsGrid facts={[...facts, ...streams]} />
        <label className="switch-line">
          <Switch checked={status.workOffline} aria-label={t('workOffline')} onChange={(on) => void engine.setWorkOffline(on)} />
          {t('workOffline')}
        </label>
        <div className="actions">
          <Button disabled={status.workOffline} onClick={() => void engine.syncNow()}>
            {t('syncNow')}
          </Button>
          <Link to="/sync" onClick={onClose}>
            {t('toCentre')}
          </Link>
        </div>
      </div>
    </Drawer>
  );
}
