import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { same } from '#shared/schema/mutation.ts';
import { engine } from '../../sync/client.ts';
import { type DraftKeeper, draftKeeper } from './draft-keeper.ts';
import { openDraft } from './open-drafts.ts';

/** In place of words: what was kept is to be forgotten. */
const DROPPED = Symbol('dropped');

const LEAVING = ['focusout', 'blur', 'pagehide'] as const;

interface Draft<T> {
  readonly value: T;
  readonly change: (value: T) => void;
  /** Forgets the draft once what it held is saved for good; the field goes on with `next`, or empty as it began. */
  readonly drop: (next?: T) => Promise<void>;
  /** When it was last kept, ms; null while some of it is not. */
  readonly keptAt: number | null;
  /** What stands here was typed earlier and never submitted. */
  readonly restored: boolean;
  /** Whether what was kept earlier has been looked for; before that typing must wait. */
  readonly ready: boolean;
}

/**
 * What is half typed, kept within a second and found again after a crash.
 * The last words are kept at once when the field is left, and when it or its window goes away.
 */
export function useDraft<T>(key: string, initial: T): Draft<T> {
  const [value, setValue] = useState(initial);
  const [keptAt, setKeptAt] = useState<number | null>(null);
  const [ready, setReady] = useState(false);
  const [restored, setRestored] = useState(false);
  const keeper = useRef<DraftKeeper<T | typeof DROPPED> | null>(null);
  const isNews = useEffectEvent((kept: unknown) => !same(kept, initial));

  useEffect(() => {
    let gone = false;
    const find = async () => {
      const kept = await engine.draft(key);
      if (gone) return;
      if (kept && isNews(kept.value)) {
        setValue(kept.value as T);
        setKeptAt(kept.savedAt);
        setRestored(true);
      }
      setReady(true);
    };
    void find();
    const allKept = (given: T | typeof DROPPED) => {
      if (given === DROPPED) return;
      setKeptAt(Date.now());
      setRestored(false);
    };
    const mine = draftKeeper<T | typeof DROPPED>(
      (given) => (given === DROPPED ? engine.dropDraft(key) : engine.saveDraft(key, given)),
      allKept,
    );
    keeper.current = mine;
    const close = openDraft(mine.flush);
    const leave = () => void mine.flush();
    // The window is left, too, because another one may lock or sign out next.
    for (const sign of LEAVING) window.addEventListener(sign, leave);
    return () => {
      gone = true;
      close();
      for (const sign of LEAVING) window.removeEventListener(sign, leave);
      mine.close();
    };
  }, [key]);

  const change = (next: T) => {
    setValue(next);
    setKeptAt(null);
    keeper.current?.note(next);
  };
  const drop = async (next: T = initial) => {
    setValue(next);
    setKeptAt(null);
    setRestored(false);
    keeper.current?.note(DROPPED);
    await keeper.current?.flush();
  };
  return { value, change, drop, keptAt, restored, ready };
}
