import { App } from 'antd';
import { useCallback, useState } from 'react';
import { useWord } from '../../ui/language.ts';
import { refusalOf, textOf } from '../fault-case.ts';
import { FaultMessage } from '../fault-message.tsx';

export interface Save {
  /** Runs it; true once it is saved. A refusal is told and answers false. */
  readonly save: (work: () => Promise<unknown>) => Promise<boolean>;
  readonly saving: boolean;
  /** When the last save was confirmed, ms. */
  readonly savedAt: number | null;
}

/** Does something that may be refused, and says so in the officer's words. */
export function useSave(): Save {
  const { notification } = App.useApp();
  const word = useWord();
  const [running, setRunning] = useState(0);
  const [savedAt, setSavedAt] = useState<number | null>(null);
  const save = useCallback(
    async (work: () => Promise<unknown>): Promise<boolean> => {
      setRunning((now) => now + 1);
      try {
        await work();
        setSavedAt(Date.now());
        return true;
      } catch (error) {
        const refusal = refusalOf(error);
        if (refusal.kind === 'internal') console.error(error);
        notification.error({
          title: word(textOf(refusal).what),
          description: <FaultMessage refusal={refusal} />,
          duration: 12,
          role: 'alert',
        });
        return false;
      } finally {
        setRunning((now) => now - 1);
      }
    },
    [notification, word],
  );
  return { save, saving: running > 0, savedAt };
}
