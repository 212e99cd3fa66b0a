import { useEffect, useState } from 'react';
import { engine } from '../../sync/client.ts';

/** An address for the bytes with this hash: undefined while looking, null where neither this computer nor the centre has them now. */
export function useFileUrl(sha256: string, mime: string): string | null | undefined {
  const [url, setUrl] = useState<string | null | undefined>(undefined);
  useEffect(() => {
    let made: string | undefined;
    let gone = false;
    const find = async () => {
      const bytes = await engine.file(sha256);
      if (gone) return;
      if (bytes === null) return setUrl(null);
      made = URL.createObjectURL(new Blob([bytes.slice()], { type: mime }));
      setUrl(made);
    };
    find().catch((error: unknown) => {
      console.warn('a file could not be read', error);
      if (!gone) setUrl(null);
    });
    return () => {
      gone = true;
      if (made !== undefined) URL.revokeObjectURL(made);
    };
  }, [sha256, mime]);
  return url;
}
