import type { EngineStatus } from '../sync/engine-api.ts';
import { FactsGrid } from '../ui/facts-grid.tsx';
import { useTexts } from '../ui/language.ts';
import { Entrance } from './entrance.tsx';
import { texts } from './texts.ts';

/** Stands in place of everything while a workstation that was reported lost sends what waits and destroys the rest. */
export function WipeScreen({ status }: { readonly status: EngineStatus }) {
  const t = useTexts(texts);
  const { connection, waiting, files } = status;
  const allSent = waiting === 0 && files.waiting === 0;
  return (
    <Entrance wide>
      <h1>{t('wipeTitle')}</h1>
      <p>{t('wipeHint')}</p>
      <FactsGrid
        facts={[
          { key: 'connection', label: t('connectionLabel'), wide: true, value: t(connection) },
          {
            key: 'waiting',
            label: t('leftWaiting'),
            wide: true,
            value: allSent ? t('leftNothing') : t('itemsAndFiles', { items: waiting, files: files.waiting }),
          },
        ]}
      />
      <p role="status">{t(allSent ? 'wipeNow' : 'wipeAfter')}</p>
    </Entrance>
  );
}
