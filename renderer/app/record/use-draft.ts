import { useEffect, useRef, useState } from 'react';
import { engine } from '../../sync/client.ts';
import { type DraftKeeper, draftKeeper } from './draft-keeper.ts';
import { openDraft } from './open-drafts.ts';

interface Draft<T> {
  readonly value: T;
  readonly change: (value: T) => void;
  /** Forgets the draft once what it held is saved for good; the field goes on with `next`, or empty as it began. */
  readonly drop: (next?: T) => Promise<void>;
  /** When it was last kept, ms. */
  readonly keptAt: number | null;
  /** Whether what was kept earlier has been looked for; before that typing must wait. */
  readonly ready: boolean;
}

/**
 * What is half typed, kept within a second and found again after a crash.
 * The last words are kept also when the field goes away.
 */
export function useDraft<T>(key: string, initial: T): Draft<T> {
  const [value, setValue] = useState(initial);
  const [keptAt, setKeptAt] = useState<number | null>(null);
  const [ready, setReady] = useState(false);
  const keeper = useRef<DraftKeeper<T> | null>(null);

  useEffect(() => {
    let gone = false;
    const find = async () => {
      const kept = await engine.draft(key);
      if (gone) return;
      if (kept) {
        setValue(kept.value as T);
        setKeptAt(kept.savedAt);
      }
      setReady(true);
    };
    void find();
    const mine = draftKeeper<T>(async (given) => {
      await engine.saveDraft(key, given);
      setKeptAt(Date.now());
    });
    keeper.current = mine;
    const close = openDraft(mine.flush);
    const leave = () => void mine.flush();
    window.addEventListener('blur', leave); // another window may lock or sign out next
    return () => {
      gone = true;
      close();
      window.removeEventListener('blur', leave);
      mine.close();
    };
  }, [key]);

  const change = (next: T) => {
    setValue(next);
    keeper.current?.note(next);
  };
  const drop = async (next: T = initial) => {
    keeper.current?.forget();
    setValue(next);
    setKeptAt(null);
    await engine.dropDraft(key);
  };
  return { value, change, drop, keptAt, ready };
}
