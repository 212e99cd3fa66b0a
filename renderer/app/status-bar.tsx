import type { EngineStatus } from '../sync/engine-api.ts';
import { sizeOf } from '../ui/amounts.ts';
import { useTexts } from '../ui/language.ts';
import { momentOf } from '../ui/moments.ts';
import { StatusDot } from '../ui/status-dot.tsx';
import { useNow } from '../ui/use-now.ts';
import { STANDING_TONE, standingOf } from './connection.ts';
import { inStepAt } from './in-step.ts';
import { texts } from './texts.ts';

/** Always there: is the centre in reach, what of mine is waiting, how old is what I see, is there room. */
export function StatusBar({ status, onOpen }: { readonly status: EngineStatus; readonly onOpen: () => void }) {
  const t = useTexts(texts);
  const now = useNow();
  const standing = standingOf(status);
  const stepAt = inStepAt(status.streams);
  return (
    <footer className="status-bar">
      <button type="button" onClick={onOpen} title={t('openDrawer')}>
        <StatusDot tone={STANDING_TONE[standing]}>{t(status.workOffline ? 'workOfflineOn' : standing)}</StatusDot>
        {status.waiting + status.files.waiting + status.files.stuck === 0 && <span>{t('allSent')}</span>}
        {status.waiting > 0 && <span>{t('waiting', { count: status.waiting })}</span>}
        {status.files.waiting > 0 && <span>{t('files', { count: status.files.waiting })}</span>}
        {status.issues > 0 && <StatusDot tone="bad">{t('issues', { count: status.issues })}</StatusDot>}
        <span className="grow" />
        <span>{stepAt === null ? t('neverInStep') : t('inStep', { at: momentOf(stepAt, now) })}</span>
        {status.disk && (
          <span className={status.disk.pressure === 'fine' ? undefined : 'status-soon'}>
            {t('disk', { free: sizeOf(status.disk.freeBytes) })}
          </span>
        )}
      </button>
    </footer>
  );
}
