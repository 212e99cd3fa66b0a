/** As much of the references as is called here: they are not among the product's packages, see install.ts. */
declare module 'rxdb' {
  type Query = { readonly selector: object; readonly sort?: readonly object[]; readonly limit?: number };
  interface Observable<T> {
    subscribe(hear: (value: T) => void): { unsubscribe(): void };
  }
  interface Answer<T> {
    exec(): Promise<T>;
    readonly $: Observable<T>;
  }
  type RxDocument<T> = T & { patch(changes: Partial<T>): Promise<unknown>; toJSON(): T };
  export interface RxCollection<T> {
    find(query: Query): Answer<readonly RxDocument<T>[]>;
    findOne(id: string): Answer<RxDocument<T> | null>;
    count(): Answer<number>;
  }
  export interface Replication {
    awaitInitialReplication(): Promise<void>;
    awaitInSync(): Promise<unknown>;
    cancel(): Promise<unknown>;
  }
  export function createRxDatabase(options: object): Promise<{
    addCollections<C>(collections: Readonly<Record<keyof C, { readonly schema: object }>>): Promise<C>;
  }>;
}

declare module 'rxdb/plugins/storage-dexie' {
  export function getRxStorageDexie(): object;
}

declare module 'rxdb/plugins/replication' {
  import type { Replication, RxCollection } from 'rxdb';
  export function replicateRxCollection<T, C>(options: {
    readonly collection: RxCollection<T>;
    readonly replicationIdentifier: string;
    readonly live: boolean;
    readonly retryTime: number;
    readonly autoStart: boolean;
    readonly pull: {
      readonly batchSize: number;
      readonly stream$?: unknown;
      handler(checkpoint: C | undefined, limit: number): Promise<{ readonly documents: readonly T[]; readonly checkpoint: C }>;
    };
    readonly push: { readonly batchSize: number; handler(written: readonly unknown[]): Promise<readonly T[]> };
  }): Replication;
}

declare module 'rxjs' {
  export class Subject {
    next(value: unknown): void;
    asObservable(): unknown;
  }
}

declare module 'pouchdb-browser' {
  type Doc<T> = T & { readonly _id: string; readonly _rev: string };
  export interface Pouch<T> {
    info(): Promise<{ readonly doc_count: number }>;
    get(id: string): Promise<Doc<T>>;
    put(doc: Doc<T>): Promise<unknown>;
    allDocs(options: object): Promise<{ readonly rows: readonly { readonly doc: Doc<T> }[] }>;
    createIndex(options: object): Promise<unknown>;
    find(query: object): Promise<{ readonly docs: readonly Doc<T>[] }>;
    changes(options: object): { on(event: 'change', hear: (change: { readonly doc: Doc<T> }) => void): void; cancel(): void };
  }
  interface PouchDB {
    new <T>(name: string, options: object): Pouch<T>;
    plugin(plugin: unknown): void;
    replicate<T>(from: Pouch<T> | string, to: Pouch<T> | string, options: object): Promise<unknown> & { cancel(): void };
  }
  const pouch: PouchDB;
  export default pouch;
}

declare module 'pouchdb-adapter-indexeddb' {
  const plugin: unknown;
  export default plugin;
}

declare module 'pouchdb-find' {
  const plugin: unknown;
  export default plugin;
}
