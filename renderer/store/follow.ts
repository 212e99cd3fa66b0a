/** Follows the engine: reads its copy while one is open to this window, and says what changed. */
import { engine, onTidings } from '../sync/client.ts';
import { batched, localOver } from './local.ts';
import type { Local } from './local-api.ts';

/** Names of tables; 'all' when another copy, or none, is open, or marks moved. */
type Listener = (tables: ReadonlySet<string> | 'all') => void;

/** Which copy is open; null while nobody is here or the workstation is locked. */
let open: number | null = null;
let refused: ReadonlySet<string> = new Set();
const send = batched((asks) => engine.read(asks));
const listeners = new Set<Listener>();
let following = false;

const tell = (tables: ReadonlySet<string> | 'all'): void => {
  for (const each of listeners) each(tables);
};

function follow(): void {
  if (following) return;
  following = true;
  onTidings('opening', (opening) => {
    open = opening;
    tell('all');
  });
  onTidings('changed', (change) => {
    const marksMoved = change.refused.length !== refused.size || change.refused.some((key) => !refused.has(key));
    refused = new Set(change.refused);
    if (marksMoved) tell('all');
    else if (change.tables.length > 0) tell(new Set(change.tables));
  });
}

function listen(listener: Listener): () => void {
  follow();
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Calls at once, and whenever one of these tables changed, while a copy is open. Returns how to stop. */
export function watchTables(names: readonly string[], changed: () => void): () => void {
  const stop = listen((tables) => {
    if (open !== null && (tables === 'all' || names.some((name) => tables.has(name)))) changed();
  });
  if (open !== null) changed();
  return stop;
}

/** Reads at once and again whenever a table that was looked at changed, one read at a time. Returns how to stop. */
export function watchCopy<T>(
  read: (local: Local) => Promise<T>,
  found: (answer: T) => void,
  failed: (error: unknown) => void,
): () => void {
  const state = { looked: new Set<string>(), running: false, again: false, ended: false };

  async function once(at: number): Promise<void> {
    state.looked = new Set();
    try {
      const answer = await read(localOver(send, (table) => state.looked.add(table)));
      if (!state.ended) found(answer);
    } catch (error) {
      // A copy closed under a running read (sign-out, lock) is no failure.
      if (!state.ended && at === open) failed(error);
    }
  }

  async function run(): Promise<void> {
    state.again = true;
    if (state.running) return;
    state.running = true;
    for (let at = open; at !== null && state.again && !state.ended; at = open) {
      state.again = false;
      await once(at);
    }
    state.running = false;
  }

  const stop = listen((tables) => {
    if (tables === 'all' || [...tables].some((table) => state.looked.has(table))) void run();
  });
  void run();
  return () => {
    state.ended = true;
    stop();
  };
}
