/**
 * What the protocol needs of a database. Two implementations behave alike (`runCentreStoreContract`): PostgreSQL, and plain
 * maps for the protocol simulator.
 *
 * Invariants
 * 1. Writes of one district run one after another, each seeing everything the one before it saved; writes of different
 *    districts do not wait for each other.
 * 2. What `save` is given becomes visible at once or not at all, together with its numbers from the commit clock.
 * 3. A snapshot sees one moment: the rows, the numbers and the decisions in it belong together.
 * 4. A call that fails for the database's own reasons throws `StoreFailure`, never a `Fault`: it decides nothing.
 * 5. A row stands in a segment only as it is there: whatever changes it takes it out, in the same commit.
 */
import type { Segment } from '#shared/protocol/messages.ts';
import type { AnyRow, Row, Table } from '#shared/schema/table.ts';
import type { grants } from '#shared/tables/grants.ts';
import type { AuditLine, AuditTip } from '../audit/chain.ts';
import type { Change } from '../sync/commit-clock.ts';
import type { Decision, StoredDecision } from '../sync/decision.ts';

export interface StoredRow {
  readonly row: AnyRow;
  /** How often the row was put. */
  readonly ver: number;
}

/** An officer; their id says who only together with the district where they are enrolled. */
export interface Person {
  readonly officerId: string;
  readonly districtId: string;
}

export interface Reader {
  /** Rows of one table in one district, by id; ids without a row are left out. */
  rows(table: Table, district: string, ids: readonly string[]): Promise<ReadonlyMap<string, StoredRow>>;
  /** Every grant ever given to the officer, ended ones included; they stand in the officer's home district. */
  grantsOf(person: Person): Promise<readonly Row<typeof grants>[]>;
}

/** Everything one transaction decided. */
export interface Work {
  readonly puts: readonly { readonly table: Table; readonly row: AnyRow; readonly ver: number }[];
  readonly removes: readonly { readonly table: Table; readonly id: string }[];
  readonly changes: readonly Change[];
  readonly decisions: readonly Decision[];
  readonly audit: readonly AuditLine[];
  /** 8 random bytes naming the commit. */
  readonly mark: Uint8Array;
}

/** What says whether a workstation's work belongs to this history. */
export interface History {
  head(stream: string): Promise<Head>;
  /** The commit that wrote the greatest number not above `seq`. */
  commitAt(stream: string, seq: number): Promise<{ readonly seq: number; readonly mark: string } | undefined>;
  /** Greatest `n` decided of this officer on this workstation, 0 for none. */
  lastN(officerId: string, device: string): Promise<number>;
}

export interface WriteTx extends Reader, History {
  /** Decisions of any district by the mutation's id; ids never decided are left out. */
  decided(mids: readonly string[]): Promise<ReadonlyMap<string, StoredDecision>>;
  /** The last line of the district's audit chain. */
  auditTip(): Promise<AuditTip>;
  /** The last call of the transaction; answers stream → number of the last change there. */
  save(work: Work): Promise<ReadonlyMap<string, number>>;
}

/** The newest commit of a stream: `seq` 0 and `mark` '' while nothing was ever written. */
export interface Head {
  readonly seq: number;
  /** 16 hexadecimal digits. */
  readonly mark: string;
  /** Cursors below this one have missed tombstones that are gone. */
  readonly floor: number;
}

/** One row of the feed at its newest number; `json` is its columns as JSON text, null when it is gone from the stream. */
export interface FeedLine {
  readonly kind: number;
  readonly district: string;
  readonly id: string;
  readonly seq: number;
  readonly moved: boolean;
  readonly content: { readonly ver: number; readonly json: string } | null;
}

/** Which rows of a feed are left out. */
export interface Wanted {
  /** Rows that stand in a segment up to this number are not wanted. */
  readonly packed?: number;
  /** Only rows of these tables are. */
  readonly kinds?: readonly number[];
}

export interface KeptSegment extends Segment {
  readonly madeAt: number;
}

/** A segment before it has a number. Its bytes are on disk. */
export interface NewSegment {
  readonly stream: string;
  readonly about: Omit<KeptSegment, 'no'>;
  /** Those that were changed meanwhile do not stand in it. */
  readonly rows: readonly Pick<FeedLine, 'kind' | 'id' | 'seq'>[];
}

export interface Snapshot extends Reader, History {
  /** Every stream with its head. */
  heads(): Promise<ReadonlyMap<string, number>>;
  /** Rows above `after`, by rising number, at most `limit`; all, or those that are wanted. */
  feed(stream: string, after: number, limit: number, wanted?: Wanted): Promise<readonly FeedLine[]>;
  /** Rows of the stream that are there, by kind. */
  counts(stream: string): Promise<readonly { readonly kind: number; readonly n: number }[]>;
  /** The stream's segments that count, by rising number. */
  segments(stream: string): Promise<readonly KeptSegment[]>;
  /** Segment → how many rows still stand in it. */
  standing(stream: string): Promise<ReadonlyMap<number, number>>;
}

export interface CentreStore {
  /** Names this history of the database; a uuid. It changes when the database is found to have been restored. */
  readonly epoch: string;
  write<T>(district: string, work: (tx: WriteTx) => Promise<T>): Promise<T>;
  /** `home`: district of whoever asks; there stands their own stream. */
  read<T>(work: (snapshot: Snapshot) => Promise<T>, home: string): Promise<T>;
  /** Takes the rows into a new segment; answers its number. Only streams of a district or of the city are packed. */
  pack(segment: NewSegment): Promise<number>;
  /** The segment counts no more; its rows stand in none. */
  dissolve(stream: string, no: number, now: number): Promise<void>;
}

/** The database did not do its part: nothing is decided, the same request may be sent again. */
export class StoreFailure extends Error {
  override readonly name = 'StoreFailure';
}
