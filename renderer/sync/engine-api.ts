/**
 * What a window may ask of the engine. The engine runs once per workstation (a shared worker) however many windows are open;
 * it alone opens the local databases and holds their key. Windows read the copy through `store/local.ts`, which asks `read`.
 * Every call refuses by throwing a `Fault`.
 */
import type { FaultDetail, FaultKind } from '#shared/errors.ts';
import type { DiskPressure } from '#shared/host/disk-pressure.ts';
import type { FieldConflict } from '#shared/schema/mutation.ts';
import type { HelloAnswer } from '#shared/protocol/messages.ts';
import type { AnyRow } from '#shared/schema/table.ts';
import type { Answer, Ask } from '../store/ask.ts';
import type { TraceLine } from './trace.ts';

/** By heartbeat: the centre answers; there is a network but the centre does not answer; no network, or the officer chose to work offline. */
export type Connection = 'online' | 'unreachable' | 'offline';

export interface SignedIn {
  readonly officerId: string;
  readonly name: string;
  readonly account: string;
  readonly districtId: string;
  readonly roles: readonly string[];
  readonly streams: readonly string[];
  /** The lease: until when this officer may work here without the centre, ms. */
  readonly leaseUntil: number;
  /** When the officer was last here before this time, ms; null the first time. */
  readonly lastHereAt: number | null;
  /** Idle too long: nothing may be shown or done until `unlock`. */
  readonly locked: boolean;
}

export interface StreamStatus {
  readonly stream: string;
  /** `loading`: first load, or anew after the history changed; counters and exports must say so. */
  readonly phase: 'waiting' | 'loading' | 'live';
  readonly rows: number;
  /** Rows the first load will bring; null until the centre has said. */
  readonly expected: number | null;
  /** When the copy last equalled the centre's head, ms. */
  readonly inStepAt: number | null;
}

export interface EngineStatus {
  readonly signedIn: SignedIn | null;
  readonly connection: Connection;
  /** The officer's own switch 离线工作. */
  readonly workOffline: boolean;
  /** When the centre was last heard, ms. */
  readonly heardAt: number | null;
  /** When the next try is due, ms; null while one is running or none is planned. */
  readonly retryAt: number | null;
  /** Why the last try failed. */
  readonly lastFault: { readonly kind: FaultKind; readonly detail: FaultDetail; readonly at: number } | null;
  /** Mutations of mine the centre does not have. */
  readonly waiting: number;
  /** Refused, or merged with differences, and not yet dealt with. */
  readonly issues: number;
  readonly files: FilesStatus;
  /** The officer's own switch 办公时间暂停上传原件. */
  readonly pauseOriginals: boolean;
  readonly streams: readonly StreamStatus[];
  readonly disk: { readonly freeBytes: number; readonly totalBytes: number; readonly pressure: DiskPressure } | null;
  /**
   * What was found at the start. `emptied`: the local databases had vanished and are being made again from the centre;
   * `recovered`: mutations brought back from the journal; `unreadable`: lines of it sealed under another key; `damaged`: lines the
   * disk spoiled; `movedFrom`: the databases that could not be opened, which were put aside under this name; `read`: the officer has
   * read it, in whichever window.
   */
  readonly recovery: {
    readonly emptied: boolean;
    readonly recovered: number;
    readonly unreadable: number;
    readonly damaged: number;
    readonly movedFrom?: string | undefined;
    readonly read: boolean;
  } | null;
  /** Device clock minus the centre's, ms; null before the first hello. Over two minutes deserves a warning. */
  readonly clockDriftMs: number | null;
  /**
   * `left`: the officer's account was closed; what waited was handed to a supervisor. `wipe`: this workstation was reported lost and
   * destroys what it has once nothing waits.
   */
  readonly standing: HelloAnswer['standing'];
  /** `old`: there is a newer program. `tooOld`: new work is refused until it is updated; what waits is still sent. */
  readonly program: NonNullable<HelloAnswer['program']>;
  /** Mutations that wait because the centre's program does not know them yet. */
  readonly heldBack: number;
  /** When the centre was last found restored, ms, and how much of what it had acknowledged was offered to it again. */
  readonly restored: { readonly at: number; readonly offered: number } | null;
}

/** Originals the centre has not confirmed, and how far they are, with those that went since the last time all were there. */
export interface FilesStatus {
  readonly waiting: number;
  readonly sentBytes: number;
  readonly totalBytes: number;
  /** They wait for the end of office hours. */
  readonly paused: boolean;
  /** Files that cannot go without the officer. */
  readonly stuck: number;
}

/** Before anybody signed in. */
export const NOBODY_HERE: EngineStatus = {
  signedIn: null,
  connection: 'offline',
  workOffline: false,
  heardAt: null,
  retryAt: null,
  lastFault: null,
  waiting: 0,
  issues: 0,
  files: { waiting: 0, sentBytes: 0, totalBytes: 0, paused: false, stuck: 0 },
  pauseOriginals: false,
  streams: [],
  disk: null,
  recovery: null,
  clockDriftMs: null,
  standing: 'active',
  program: { age: 'current', newest: null },
  heldBack: 0,
  restored: null,
};

/** One mutation of mine that the centre has not decided yet, oldest first. */
export interface WaitingItem {
  readonly mid: string;
  readonly n: number;
  /** `problems.file` */
  readonly name: string;
  readonly table: string;
  readonly targetId: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly at: number;
}

/** An original on its way up, or a file that cannot go. */
export interface FileItem {
  readonly sha256: string;
  readonly caption: string;
  readonly ownerTable: string;
  readonly ownerId: string;
  readonly addedAt: number;
  readonly sizeBytes: number;
  readonly sentBytes: number;
  /** The centre took the bytes not, for good. */
  readonly refused: { readonly kind: FaultKind; readonly detail: FaultDetail; readonly at: number } | null;
  /** The bytes are no longer whole on this workstation. */
  readonly missing: boolean;
}

/** A file that was taken in; `thumbSha256` null where it needs no thumbnail or can have none. */
export interface KeptFile {
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly thumbSha256: string | null;
}

/** One mutation of mine that the centre refused, or applied but for some fields. */
export interface IssueItem extends WaitingItem {
  readonly status: 'rejected' | 'merged';
  readonly kind: FaultKind | null;
  /** E409.1 */
  readonly code: string | null;
  readonly detail: FaultDetail;
  readonly conflicts: readonly FieldConflict[];
  readonly decidedAt: number;
}

/**
 * `again`: send it anew as a fresh mutation (for a merged one: insist on my values over theirs).
 * `discard`: I give it up; it stays in the history with the reason.
 */
export type Resolution = { readonly kind: 'again' } | { readonly kind: 'discard'; readonly reason: string };

/** Question to the register in memory: 5,000 and more rows answered within a frame. */
export interface RegisterQuery {
  readonly table: 'subjects' | 'gridCells';
  /** Name, address, licence number, credit code, pinyin or initials; '' for all. */
  readonly search: string;
  /** Column → allowed codes; an empty list allows all. */
  readonly filter: Readonly<Record<string, readonly string[]>>;
  readonly sort: { readonly column: string; readonly descending: boolean } | null;
  readonly offset: number;
  readonly limit: number;
  /** Id of a row whose place in the whole answer is asked. */
  readonly find?: string;
}

export interface RegisterAnswer {
  readonly total: number;
  /** Where in the whole answer `rows` begin: that of the query. */
  readonly offset: number;
  readonly rows: readonly AnyRow[];
  /** Where in the whole answer the row asked by `find` stands; null where it is not in it. */
  readonly foundAt: number | null;
  /** Column → code → how many rows under the other filters have it; for the columns of the filter. */
  readonly counts: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export interface EntryOptions {
  /** After `passwordChanged`: the password under which this workstation sealed what it has; it is sealed anew under the new one. */
  readonly earlierPassword?: string;
  /** After `centreChanged`: the officer has made sure that this is the bureau's centre, which signs with a new key. */
  readonly trustNewCentre?: boolean;
}

export interface EngineApi {
  /** Online where the centre answers, else under the lease kept on this workstation. */
  signIn(account: string, password: string, options?: EntryOptions): Promise<SignedIn>;
  signOut(): Promise<void>;
  lock(): Promise<void>;
  unlock(password: string): Promise<void>;
  /** Resolves once the mutation is in the outbox and in the synced journal: only then say 已保存. */
  mutate(name: string, args: Readonly<Record<string, unknown>>): Promise<{ readonly mid: string }>;
  /** The officer has read what was found at the start. */
  noteRecoveryRead(): Promise<void>;
  setWorkOffline(on: boolean): Promise<void>;
  syncNow(): Promise<void>;
  waiting(): Promise<readonly WaitingItem[]>;
  issues(): Promise<readonly IssueItem[]>;
  resolve(mid: string, resolution: Resolution): Promise<void>;
  /** Answers from the copy in memory, one for each question. */
  read(asks: readonly Ask[]): Promise<readonly Answer[]>;
  register(query: RegisterQuery): Promise<RegisterAnswer>;
  /** What happened between this workstation and the centre, oldest first. */
  trace(): Promise<readonly TraceLine[]>;
  /** Compares the whole copy with the centre as soon as it is in step; what differs is brought anew, the trace tells. */
  check(): Promise<void>;
  /** What somebody who helps needs to see, as JSON text without anything about persons. */
  diagnostics(): Promise<string>;
  /** Keeps the bytes under their hash on this workstation and sends them when there is a line. */
  addFile(bytes: Uint8Array, mime: string): Promise<KeptFile>;
  files(): Promise<readonly FileItem[]>;
  /** Sends once more what the centre had refused. */
  sendAgain(sha256: string): Promise<void>;
  setPauseOriginals(on: boolean): Promise<void>;
  /** From this workstation, else from the centre; null where neither has it now. */
  file(sha256: string): Promise<Uint8Array | null>;
  saveDraft(key: string, value: unknown): Promise<void>;
  draft(key: string): Promise<{ readonly value: unknown; readonly savedAt: number } | null>;
  dropDraft(key: string): Promise<void>;
}
