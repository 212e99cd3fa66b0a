import { useCallback, useEffect, useRef, useState } from 'react';
import { engine } from '../../sync/client.ts';
import { openDraft } from './open-drafts.ts';

const WRITE_AFTER_MS = 600;

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
  const unsaved = useRef<{ readonly key: string; readonly value: T } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const keeping = useRef<Promise<void>>(Promise.resolve());

  const flush = useCallback((): Promise<void> => {
    clearTimeout(timer.current);
    const given = unsaved.current;
    unsaved.current = null;
    const keep = async () => {
      if (given === null) return;
      try {
        await engine.saveDraft(given.key, given.value);
        setKeptAt(Date.now());
      } catch (error) {
        // No sign 草稿已保存 appears; the text stays in the field and the next stroke tries again.
        console.warn('a draft could not be kept', error);
      }
    };
    keeping.current = Promise.all([keeping.current, keep()]).then(() => undefined);
    return keeping.current;
  }, []);

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
    const close = openDraft(flush);
    const leave = () => void flush();
    window.addEventListener('blur', leave); // another window may lock or sign out next
    return () => {
      gone = true;
      close();
      window.removeEventListener('blur', leave);
      void flush();
    };
  }, [key, flush]);

  const change = (next: T) => {
    setValue(next);
    unsaved.current = { key, value: next };
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void flush(), WRITE_AFTER_MS);
  };
  const drop = async (next: T = initial) => {
    clearTimeout(timer.current);
    unsaved.current = null;
    setValue(next);
    setKeptAt(null);
    await engine.dropDraft(key);
  };
  return { value, change, drop, keptAt, ready };
}
