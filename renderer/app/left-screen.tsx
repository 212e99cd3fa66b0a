import { Alert, Button } from 'antd';
import { useEffect, useState } from 'react';
import { engine } from '../sync/client.ts';
import type { EngineStatus } from '../sync/engine-api.ts';
import { FactsGrid } from '../ui/facts-grid.tsx';
import { useTexts } from '../ui/language.ts';
import { Entrance } from './entrance.tsx';
import { isHandedOver } from './handed-over.ts';
import { signOut } from './leave.ts';
import { texts } from './texts.ts';

/** How many of my changes the centre keeps for a supervisor; null until that is known. */
function useHandedOver(status: EngineStatus): number | null {
  const [count, setCount] = useState<number | null>(null);
  useEffect(() => {
    if (status.signedIn === null) return;
    let gone = false;
    const ask = async () => {
      const found = await engine.issues();
      if (!gone) setCount(found.filter(isHandedOver).length);
    };
    // Signed out meanwhile: the page is on its way off the screen.
    ask().catch((error: unknown) => console.warn('the issues could not be read', error));
    return () => {
      gone = true;
    };
  }, [status]);
  return count;
}

interface Props {
  readonly name: string;
  readonly status: EngineStatus;
}

/** Stands in place of everything once the officer's account was closed: what became of their work, and the way out. */
export function LeftScreen({ name, status }: Props) {
  const t = useTexts(texts);
  const held = useHandedOver(status);
  const { waiting } = status;
  const files = status.files.waiting + status.files.stuck;
  const allSent = waiting + files === 0;
  return (
    <Entrance wide>
      <h1>{t('leftTitle')}</h1>
      <p>{t('leftHint', { name })}</p>
      <FactsGrid
        facts={[
          {
            key: 'held',
            label: t('leftHeld'),
            wide: true,
            value: held === null ? '…' : held === 0 ? t('leftNothing') : t('leftHeldCount', { count: held }),
          },
          {
            key: 'waiting',
            label: t('leftWaiting'),
            wide: true,
            value: allSent ? t('leftNothing') : t('itemsAndFiles', { items: waiting, files }),
          },
        ]}
      />
      <Alert type={allSent ? 'info' : 'warning'} showIcon title={t(allSent ? 'leftAllSent' : 'leftStaySigned')} role="status" />
      <Button block onClick={() => void signOut()}>
        {t('signOut')}
      </Button>
    </Entrance>
  );
}
