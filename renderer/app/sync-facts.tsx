import type { EngineStatus } from '../sync/engine-api.ts';
import { sizeOf } from '../ui/amounts.ts';
import type { Fact } from '../ui/facts-grid.tsx';
import { useTexts } from '../ui/language.ts';
import { momentOf } from '../ui/moments.ts';
import { useNow } from '../ui/use-now.ts';
import { FaultMessage } from './fault-message.tsx';
import { texts } from './texts.ts';
import { useStorageUsed } from './use-storage-used.ts';

const DRIFT_WARN_MS = 2 * 60_000;

/** What is known about the connection, each with its word; the drawer and the sync centre both show it. */
export function useSyncFacts(status: EngineStatus): { readonly facts: readonly Fact[]; readonly warnings: readonly string[] } {
  const t = useTexts(texts);
  const now = useNow(1000);
  const used = useStorageUsed();
  const { heardAt, retryAt, lastFault, clockDriftMs, disk, heldBack, restored } = status;
  const seconds = retryAt === null ? null : Math.max(0, Math.ceil((retryAt - now) / 1000));
  const facts: Fact[] = [
    { key: 'heard', label: t('heard'), value: heardAt === null ? t('never') : momentOf(heardAt, now) },
    { key: 'retry', label: t('nextTry'), value: seconds === null ? '—' : t('nextTryIn', { seconds }) },
    ...(disk
      ? [
          {
            key: 'disk',
            label: t('diskLabel'),
            value: t('diskOf', { free: sizeOf(disk.freeBytes), total: sizeOf(disk.totalBytes) }),
          },
        ]
      : []),
    ...(used === null ? [] : [{ key: 'used', label: t('used'), value: sizeOf(used) }]),
    ...(restored
      ? [
          {
            key: 'restored',
            label: t('restoredLabel'),
            wide: true,
            value: t(restored.offered > 0 ? 'restoredOffered' : 'restored', {
              at: momentOf(restored.at, now),
              count: restored.offered,
            }),
          },
        ]
      : []),
    ...(lastFault
      ? [{ key: 'fault', label: t('lastFault'), wide: true, value: <FaultMessage refusal={lastFault} withTitle /> }]
      : []),
  ];
  const warnings = [
    ...(clockDriftMs !== null && Math.abs(clockDriftMs) > DRIFT_WARN_MS
      ? [t('drift', { minutes: Math.round(Math.abs(clockDriftMs) / 60_000) })]
      : []),
    ...(disk && disk.pressure !== 'fine' ? [t('diskLow')] : []),
    ...(heldBack > 0 ? [t('heldBack', { count: heldBack })] : []),
  ];
  return { facts, warnings };
}
