import { useEffect, useState } from 'react';

/** Bytes the databases of this workstation take, as the browser engine estimates them; null until it has said. */
export function useStorageUsed(): number | null {
  const [used, setUsed] = useState<number | null>(null);
  useEffect(() => {
    let gone = false;
    const ask = async () => {
      const { usage } = await navigator.storage.estimate();
      if (!gone) setUsed(usage ?? null);
    };
    // Nothing is shown where it cannot be told; free space has its own line.
    ask().catch((error: unknown) => console.warn('storage use is not known', error));
    return () => {
      gone = true;
    };
  }, []);
  return used;
}
