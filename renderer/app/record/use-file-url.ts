import { useEffect, useState } from 'react';
import { engine } from '../../sync/client.ts';

/** The row can be here before the bytes are at the centre. */
const LOOK_AGAIN_MS = 10_000;

/**
 * An address for the bytes with this hash: undefined while looking, null where neither this computer nor the centre has them now;
 * then it looks again after a while.
 */
export function useFileUrl(sha256: string | null, mime: string): string | null | undefined {
  const [url, setUrl] = useState<string | null | undefined>(undefined);
  useEffect(() => {
    if (sha256 === null) return;
    let made: string | undefined;
    let later: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    const find = async () => {
      const bytes = await engine.file(sha256).catch((error: unknown) => {
        console.warn('a file could not be read', error);
        return null;
      });
      if (gone) return;
      if (bytes === null) {
        setUrl(null);
        later = setTimeout(() => void find(), LOOK_AGAIN_MS);
        return;
      }
      made = URL.createObjectURL(new Blob([bytes.slice()], { type: mime }));
      setUrl(made);
    };
    void find();
    return () => {
      gone = true;
      clearTimeout(later);
      if (made !== undefined) URL.revokeObjectURL(made);
      setUrl(undefined);
    };
  }, [sha256, mime]);
  return url;
}
