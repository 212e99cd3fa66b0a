/** The window's end of the engine: calls, the status as a hook, and the typed door for mutations. */
import { useSyncExternalStore } from 'react';
import { Fault } from '#shared/errors.ts';
import type { Host } from '#shared/host/contract.ts';
import type { Columns, RowOf } from '#shared/schema/column.ts';
import type { Mutation } from '#shared/schema/mutation.ts';
import { mutations } from '#shared/tables/index.ts';
import { getHost, onHostEvent } from '../host/index.ts';
import { type EngineApi, type EngineStatus, NOBODY_HERE } from './engine-api.ts';
import { type Line, lineOver } from './rpc.ts';

/** What the worker tells unasked. */
interface Tidings {
  status: EngineStatus;
  changed: { readonly tables: readonly string[]; readonly refused: readonly string[] };
  /** Number of the copy that this window may read. */
  opening: number | null;
}

type Hear<N extends keyof Tidings> = (value: Tidings[N]) => void;

let status = NOBODY_HERE;
let line: Line | undefined;
const hearers: { readonly [N in keyof Tidings]: Set<Hear<N>> } = { status: new Set(), changed: new Set(), opening: new Set() };
const last: { changed?: Tidings['changed']; opening?: Tidings['opening'] } = {};

/** Hears one kind of tidings, the newest at once if there was one; returns how to stop. */
export function onTidings<N extends 'changed' | 'opening'>(name: N, listener: Hear<N>): () => void {
  const set: Set<Hear<N>> = hearers[name];
  set.add(listener);
  const newest = last[name];
  if (newest !== undefined) listener(newest as Tidings[N]);
  return () => set.delete(listener);
}

function hear(name: string, value: unknown): void {
  if (name === 'status') {
    status = value as EngineStatus;
    for (const each of hearers.status) each(status);
  } else if (name === 'changed') {
    last.changed = value as Tidings['changed'];
    for (const each of hearers.changed) each(last.changed);
  } else if (name === 'opening') {
    last.opening = value as Tidings['opening'];
    for (const each of hearers.opening) each(last.opening);
  }
}

async function answerHost(call: string, args: readonly unknown[]): Promise<unknown> {
  const [namespace, method, given] = args as readonly [string, string, unknown];
  const host = (await getHost()) as unknown as Record<string, Record<string, (args: unknown) => Promise<unknown>>>;
  const run = call === 'host' && Object.hasOwn(host, namespace) ? host[namespace]?.[method] : undefined;
  if (!run) throw new Error(`the worker asked for ${call} ${namespace}.${method}`);
  return run(given);
}

function connect(): Line {
  if (line) return line;
  const worker = new SharedWorker(new URL('./engine-worker.ts', import.meta.url), { type: 'module', name: 'engine' });
  const opened = lineOver(worker.port, answerHost, hear);
  worker.addEventListener('error', (event) => {
    console.error('the engine could not start', event.message);
    opened.breakOff(new Fault('storageBroken', 'the engine could not start', { reason: 'worker' }));
  });
  line = opened;
  const name = `window:${crypto.randomUUID()}`;
  // Held until this window dies; the worker waits for it, so it must be held before the worker hears its name.
  void navigator.locks.request(name, () => {
    void opened.ask('join', name);
    return new Promise<never>(() => undefined);
  });
  onHostEvent('network.changed', ({ online }) => void opened.ask('network', online));
  void getHost()
    .then((host: Host) => host.network.status())
    .then(({ online }) => opened.ask('network', online));
  return opened;
}

/** The engine, from this window. */
export const engine = new Proxy({} as EngineApi, {
  get:
    (_target, call) =>
    (...args: readonly unknown[]) =>
      connect().ask(String(call), ...args),
});

export function useEngineStatus(): EngineStatus {
  return useSyncExternalStore(
    (listener) => {
      connect();
      hearers.status.add(listener);
      return () => hearers.status.delete(listener);
    },
    () => status,
  );
}

type Mutate = {
  readonly [T in keyof typeof mutations]: {
    readonly [V in keyof (typeof mutations)[T]]: (typeof mutations)[T][V] extends Mutation<infer A extends Columns>
      ? (args: RowOf<A>) => Promise<{ readonly mid: string }>
      : never;
  };
};

/** `await mutate.tasks.accept({ id })`: resolves once it is saved on this workstation. */
export const mutate: Mutate = Object.fromEntries(
  Object.entries(mutations).map(([table, verbs]) => [
    table,
    Object.fromEntries(
      Object.keys(verbs).map((verb) => [
        verb,
        (args: Readonly<Record<string, unknown>>) => engine.mutate(`${table}.${verb}`, args),
      ]),
    ),
  ]),
  // Built from the very table its type is derived from.
) as unknown as Mutate;

/** Id of a row made here. */
export const newId = (): string => crypto.randomUUID();
