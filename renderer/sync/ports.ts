/**
 * What the engine needs from the world. Nothing in this folder reads a clock, draws a number, opens a database or a
 * connection except through these, so that the simulator can run the very same code under every fault.
 */
import type { FaultDetail, FaultKind } from '#shared/errors.ts';
import type { Segment } from '#shared/protocol/messages.ts';
import type { AnyRow } from '#shared/schema/table.ts';

export interface Clock {
  /** Device clock, ms. */
  now(): number;
  /** Resolves after `ms`, or at once when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface Random {
  uuid(): string;
  /** 0 ≤ x < 1 */
  fraction(): number;
}

export interface WireRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PATCH';
  /** With its query: `/sync/v1/pull?stream=…` */
  readonly path: string;
  readonly json?: unknown;
  readonly bytes?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string | undefined;
  /** After this many ms without an answer the request is given up. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

export interface WireAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  /** False when the body was cut off; what came before the cut is in `bytes`. */
  readonly complete: boolean;
  /** By their names in small letters. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The line to the centre. Refuses with `serverUnreachable` when nothing came back. */
export interface Wire {
  send(request: WireRequest): Promise<WireAnswer>;
  /** Listens until the line breaks or `signal` aborts; `hear` gets the event's name and data, and ('', '') for a sign of life. */
  events(path: string, token: string, hear: (name: string, data: string) => void, signal: AbortSignal): Promise<void>;
}

/** The second home of unsent work, outside IndexedDB. `append` resolves once the entries are on disk. */
export interface Journal {
  append(entries: readonly string[]): Promise<void>;
  /** `damaged`: lines the disk spoiled. */
  read(): Promise<{ readonly entries: readonly { readonly seq: number; readonly text: string }[]; readonly damaged: number }>;
  trim(throughSeq: number): Promise<void>;
}

/** One mutation of this officer on this workstation. */
export interface OutboxRow {
  readonly n: number;
  readonly mid: string;
  readonly name: string;
  readonly v: number;
  readonly district: string;
  readonly at: number;
  readonly offsetMs: number;
  readonly after: string | null;
  readonly args: Readonly<Record<string, unknown>>;
  /** `acked`: the centre has applied it, but the stream has not yet brought its effect back. */
  readonly state: 'waiting' | 'acked';
  /** Streams it changes: guessed from its district, known once acked. */
  readonly streams: readonly string[];
}

/** What the centre said about a mutation that is not simply done. */
export interface IssueRow {
  readonly mid: string;
  readonly n: number;
  readonly name: string;
  readonly v: number;
  readonly district: string;
  readonly at: number;
  readonly args: Readonly<Record<string, unknown>>;
  readonly status: 'rejected' | 'merged';
  readonly code: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly conflicts: readonly {
    readonly field: string;
    readonly base: unknown;
    readonly mine: unknown;
    readonly theirs: unknown;
  }[];
  readonly decidedAt: number;
  /** How the officer dealt with it; null while it is open. */
  readonly resolved: { readonly kind: 'again' | 'discard'; readonly reason: string; readonly at: number } | null;
}

/** An acknowledged mutation, kept 60 days so that a restored centre can be offered it again. */
export interface DoneRow extends OutboxRow {
  readonly epoch: string;
  readonly doneAt: number;
}

/** Bytes kept sealed on this workstation: which they are, and under which hash the host has the sealed ones. */
export interface FileRow {
  readonly sha256: string;
  readonly blob: string;
  readonly mime: string;
  readonly sizeBytes: number;
  readonly state: 'waiting' | 'stored';
  readonly addedAt: number;
  /** Why the centre took the bytes not, for good. */
  readonly refused?: { readonly kind: FaultKind; readonly detail: FaultDetail; readonly at: number };
}

/** The outbox database: never dropped by code, every write durable before it resolves. */
export interface OutboxStore {
  rows(): Promise<readonly OutboxRow[]>;
  issues(): Promise<readonly IssueRow[]>;
  /** Is this mutation known here at all: waiting, acked, refused or done? */
  knows(mid: string): Promise<boolean>;
  /** Greatest `n` ever used here. */
  lastN(): Promise<number>;
  add(rows: readonly OutboxRow[]): Promise<void>;
  withdraw(mid: string): Promise<void>;
  /** One transaction: acked rows marked, refused rows moved to the issues, merged ones noted there. */
  decide(decided: { readonly acked: readonly OutboxRow[]; readonly issues: readonly IssueRow[] }): Promise<void>;
  /** Acked rows whose effect has come back: to the done ones; what was done before `forgetBefore` is forgotten. */
  settle(done: readonly DoneRow[], forgetBefore: number): Promise<void>;
  /** Greatest `n` among what was acknowledged and has settled, 0 for none. */
  lastDone(): Promise<number>;
  /** Everything acknowledged and still kept. */
  done(): Promise<readonly DoneRow[]>;
  /** Waiting again, done ones among them: one transaction. */
  reopen(rows: readonly OutboxRow[]): Promise<void>;
  putIssue(issue: IssueRow): Promise<void>;
  files(): Promise<readonly FileRow[]>;
  putFile(file: FileRow): Promise<void>;
}

/** The centre's version of a row that pending mutations changed; `row` null: the centre has none. */
export interface Shadow {
  readonly table: string;
  readonly id: string;
  readonly row: AnyRow | null;
}

export interface CursorRow {
  readonly stream: string;
  readonly seq: number;
  readonly mark: string;
  readonly epoch: string;
  /** My mutations up to this `n` are contained in the copy or were refused; see page.ts, invariant 4. */
  readonly mine: number;
  /** Rows the first load brought. */
  readonly rows: number;
  readonly inStepAt: number | null;
  /** Greatest number of the segments the first load began with; absent where there were none. */
  readonly packed?: number;
}

/** One step of the copy. */
export interface CacheChanges {
  readonly puts: ReadonlyMap<string, readonly AnyRow[]>;
  readonly removes: ReadonlyMap<string, readonly string[]>;
  readonly shadowPuts: readonly Shadow[];
  readonly shadowRemoves: readonly { readonly table: string; readonly id: string }[];
  readonly cursor?: CursorRow;
  /** The row lines as they came, plain or gzip, when `puts` and `removes` are these and nothing else: kept without writing them again. */
  readonly packed?: Uint8Array<ArrayBuffer>;
  /** The segment whose rows these are. A cold one that comes with `packed` stays packed until somebody looks. */
  readonly segment?: StreamSegment;
}

export interface StreamSegment {
  readonly stream: string;
  readonly segment: Segment;
}

/** Bounds of the last column of an index, both inclusive. */
export interface Range {
  readonly from?: string | number;
  readonly to?: string | number;
}

export interface Where {
  /** First columns of an index of the table, and what stands in them. */
  readonly equal: Readonly<Record<string, string | number>>;
  /** Of the column after them; rows without a value there are then left out. */
  readonly range?: Range;
  readonly descending?: boolean;
  readonly limit?: number;
}

/** The local copy: disposable, made again from the centre. */
export interface CacheStore {
  get(table: string, id: string): Promise<AnyRow | undefined>;
  many(table: string, ids: readonly string[]): Promise<readonly (AnyRow | undefined)[]>;
  all(table: string): Promise<readonly AnyRow[]>;
  /** In the order of the index. */
  where(table: string, asked: Where): Promise<readonly AnyRow[]>;
  count(table: string): Promise<number>;
  /** Those of the ids whose row stands on a shadow. */
  covered(table: string, ids: readonly string[]): Promise<readonly string[]>;
  shadows(): Promise<readonly Shadow[]>;
  cursors(): Promise<readonly CursorRow[]>;
  /** One transaction: all or nothing. */
  apply(changes: CacheChanges): Promise<void>;
  /**
   * Forgets every row of a stream, its shadows, its segments and its cursor: one transaction. Answers which rows: table → ids, of
   * what was packed the tables alone.
   */
  dropStream(stream: string): Promise<ReadonlyMap<string, readonly string[]>>;
  /** SHA-256 of the segments of a stream that are here. */
  segments(stream: string): Promise<readonly string[]>;
  /** Kinds whose rows were taken under another definition of the table, or before there was one. */
  stale(): Promise<readonly number[]>;
  /** All rows of these kinds have been taken anew. */
  filled(kinds: readonly number[]): Promise<void>;
  /** Forgets packed history that is too old to be kept at `now`, ms; answers the tables it was of. Other rows go when the copy is tidied. */
  forget(now: number): Promise<readonly string[]>;
  /** Takes what lies on disk for what is, after a step that failed or went silent. */
  reread(): Promise<void>;
  /** Digests of the centre's rows of a stream without those forgotten at `now`, ms; see shared/protocol/digest.ts. */
  digests(stream: string, now: number): Promise<readonly string[]>;
}
