import { useEffect, useState } from 'react';
import { engine } from '../../sync/client.ts';
import type { EngineStatus, FileItem, IssueItem, WaitingItem } from '../../sync/engine-api.ts';

export interface Queue {
  readonly waiting: readonly WaitingItem[];
  readonly issues: readonly IssueItem[];
  readonly files: readonly FileItem[];
}

/** What is on its way and what came back, asked again whenever the engine says something moved. */
export function useQueue(status: EngineStatus): Queue | undefined {
  const [queue, setQueue] = useState<Queue>();
  useEffect(() => {
    if (status.signedIn === null) return;
    let gone = false;
    const ask = async () => {
      const [waiting, issues, files] = await Promise.all([engine.waiting(), engine.issues(), engine.files()]);
      if (!gone) setQueue({ waiting, issues, files });
    };
    // Locked or signed out meanwhile: the page is on its way off the screen.
    ask().catch((error: unknown) => console.warn('the queue could not be read', error));
    return () => {
      gone = true;
    };
  }, [status]);
  return queue;
}
