/**
 * Messages between a workstation and the centre, all under `/sync/v1` (docs/sync.md tells each with an example).
 *
 *     hello   POST  who I am, where my cursors stand      → epoch, my streams and what to do with each
 *     push    POST  up to 200 mutations, in order         → one line per mutation as it is decided
 *     pull    GET   ?stream&seq&mark&limit                → a page (page.ts)
 *             &packed: without rows of segments up to this number; &kinds: only these tables, numbers separated by commas
 *     snapshot GET  ?stream                               → how many rows of each kind a first load will bring, and its segments
 *     segment GET   /segments/<sha256>?stream             → ready-made rows, gzip
 *     digests POST  digests of a copy                     → the buckets that differ
 *     uploads POST, HEAD, PATCH                           → a file in parts that go on after a cut (tus 1.0)
 *     events  GET   server-sent events                    → poke (stream, head), grant, drain; a comment every 20 s
 *
 * Invariants
 * 1. Every message carries protocol and schema in the headers `x-sync-protocol` and `x-sync-schema`.
 * 2. Every answer of the centre names its epoch; a mutation is acknowledged only by a line with its `mid` and the epoch
 *    the workstation knows. A status code acknowledges nothing.
 * 3. A mutation is decided once. The same `mid` again gets the same answer (`duplicate`), with another payload `mutationReused`.
 * 4. The mutations of one push are decided strictly in the order in which they stand, also when they belong to several
 *    districts; so what is decided of one workstation is always a prefix of what it did.
 * 5. A poke is a hint. Nothing is lost when it is.
 */
import * as z from 'zod';

/** One line per version; the smallest one served is never raised within 18 months. */
export const PROTOCOL_HISTORY = [
  '1: first',
  '2: ready-made segments, resumable files, digests, what the centre knows of mutations, wiping',
] as const;
export const PROTOCOL_VERSION = PROTOCOL_HISTORY.length;

export const HEADERS = { protocol: 'x-sync-protocol', schema: 'x-sync-schema', epoch: 'x-sync-epoch' } as const;

export const LIMITS = {
  pushCommands: 200,
  pushBytes: 512 * 1024,
  pageRows: 5000,
  fileBytes: 15 * 1024 * 1024,
  /** One part of a file on its way up. */
  partBytes: 1024 * 1024,
  /** A picture small enough to travel before the originals. */
  thumbnailBytes: 40 * 1024,
  /** Groups of rows that are compared by their digests. */
  digestBuckets: 256,
} as const;

const id = z.string().min(1).max(64);
const uuid = z.uuid();
const stream = z.string().min(1).max(80);
const seq = z.int().min(0);
const instantMs = z.int().min(0).max(8.64e15);
const district = z.string().regex(/^\d{6}$/);

/** Where a copy of one stream stands: everything up to `seq`, which the commit named `mark` wrote. `mark` is '' at 0. */
export const cursor = z.object({ stream, seq, mark: z.string().max(64) });
export type Cursor = z.infer<typeof cursor>;

/** One mutation on its way up. `n` counts up on one workstation for one officer; `after` is a mutation this one stands on. */
export const command = z.object({
  mid: uuid,
  n: z.int().min(1),
  name: z.string().min(1).max(80),
  v: z.int().min(1),
  district,
  actor: id,
  /** Device clock corrected by the measured offset, ms. */
  at: instantMs,
  /** What was added to the device clock, ms: kept beside `at`, so that drift can be seen. */
  offsetMs: z.int(),
  after: uuid.nullable(),
  args: z.record(z.string(), z.unknown()),
});
export type Command = z.infer<typeof command>;

/**
 * `cursors`: where the copy stands in the streams of these mutations. A centre that has another history, or has forgotten what it
 * acknowledged, refuses the whole push
 * with `cursorFork`, before anything is decided on rows the officer never saw. What a request says beyond its shape is ignored,
 * so that a newer workstation can speak to an older centre.
 */
export const pushRequest = z.object({
  device: uuid,
  epoch: uuid,
  cursors: z.array(cursor).max(64).default([]),
  /** Greatest `n` that was ever acknowledged on this workstation, by which a centre sees that it has forgotten something. */
  acked: z.int().min(0).default(0),
  commands: z.array(z.unknown()).min(1).max(LIMITS.pushCommands),
});

const fieldConflict = z.object({ field: z.string(), base: z.unknown(), mine: z.unknown(), theirs: z.unknown() });

/**
 * `applied`; `merged`: applied but for the fields in `conflicts`; `rejected`: refused for good, with `code` and `detail`.
 * `again`: this very mutation was decided before, and the line repeats that decision.
 */
export const outcome = z.object({
  t: z.literal('outcome'),
  epoch: uuid,
  mid: uuid,
  status: z.enum(['applied', 'merged', 'rejected']),
  again: z.boolean(),
  code: z.string().optional(),
  detail: z.record(z.string(), z.unknown()).optional(),
  conflicts: z.array(fieldConflict).optional(),
  /** Stream → number of the last change this mutation made there; empty when it changed nothing. */
  heads: z.record(stream, seq),
});
export type Outcome = z.infer<typeof outcome>;

export const helloRequest = z.object({
  device: uuid,
  deviceName: z.string().max(120),
  app: z.string().max(40),
  cursors: z.array(cursor).max(64),
  /** Streams that were no longer granted and are gone from this workstation since the last hello. */
  dropped: z.array(stream).max(64).default([]),
  /** Mutations of this officer still waiting here. */
  pending: z.int().min(0),
  freeBytes: z.int().min(0).nullable(),
  /** Device clock, ms. */
  clock: instantMs,
  /** Everything of the officer on this workstation is destroyed, as was asked for. */
  wiped: z.boolean().default(false),
});
export type HelloRequest = z.infer<typeof helloRequest>;

/** `load`: nothing here yet. `pull`: go on from the cursor. `replace`: the cursor is of another history, load anew. `drop`: no longer granted. */
export const streamPlan = z.object({
  stream,
  head: seq,
  grantUntil: instantMs.nullable(),
  plan: z.enum(['load', 'pull', 'replace', 'drop']),
});

export const helloAnswer = z.object({
  protocol: z.int(),
  epoch: uuid,
  /** Clock of the centre, ms. */
  now: instantMs,
  officer: z.object({ id, districtId: district, name: z.string(), roles: z.array(z.string()) }),
  /** Greatest `n` of this officer on this workstation that was decided; a workstation that lost its count goes on above it. */
  lastN: z.int().min(0),
  /**
   * Mutation → greatest version the centre decides; what it does not know yet waits on the workstation. Absent before protocol 2.
   */
  mutations: z.record(z.string(), z.int().min(1)).optional(),
  /** `old`: there is a newer program. `tooOld`: what waits is still taken, new work is not to be begun with it. */
  program: z.object({ age: z.enum(['current', 'old', 'tooOld']), newest: z.string().nullable() }).optional(),
  /**
   * `active`; `left`: the officer has left, nothing is granted, what waits is taken and kept for a supervisor;
   * `wipe`: this workstation was reported lost: once nothing waits, everything of the officer here is to be destroyed.
   */
  standing: z.enum(['active', 'left', 'wipe']).default('active'),
  /** Signed statement under which this officer may work here offline: compact JWS, EdDSA. */
  lease: z.string(),
  streams: z.array(streamPlan),
});
export type HelloAnswer = z.infer<typeof helloAnswer>;

/**
 * Rows of a stream made ready once and for all: gzip of row lines (page.ts) without `begin` and `end`, named by the SHA-256 of
 * these bytes. `no` rises; a row in it counts only while nothing newer says otherwise.
 * `cold`: rows in a final state, none newer than `newestAt`; they are looked at rarely and forgotten by date.
 */
export const segment = z.object({
  no: z.int().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  rows: z.int().min(1),
  bytes: z.int().min(1),
  cold: z.boolean(),
  newestAt: instantMs.nullable(),
  kinds: z.array(z.int()),
});
export type Segment = z.infer<typeof segment>;

/** What a first load brings: segments, and by pulling from 0 with `packed` = greatest `no` of them the rows in none of them. */
export const snapshotAnswer = z.object({
  epoch: uuid,
  stream,
  seq,
  rows: z.array(z.object({ kind: z.int(), n: z.int().min(0) })),
  segments: z.array(segment).default([]),
});
export type SnapshotAnswer = z.infer<typeof snapshotAnswer>;

/**
 * The self-check: digests of what the copy holds of a stream at `seq` (digest.ts). `behind`: the stream has moved on, pull and
 * ask again; else the numbers of the buckets that differ.
 */
export const digestRequest = z.object({
  stream,
  seq,
  /** Rows that are forgotten at this instant, ms, are left out on both sides. */
  forgottenAt: instantMs.default(0),
  mark: z.string().max(64),
  digests: z.array(z.string()).length(LIMITS.digestBuckets),
});
export type DigestRequest = z.infer<typeof digestRequest>;
export const digestAnswer = z.object({ epoch: uuid, stream, behind: z.boolean(), differ: z.array(z.int().min(0)) });
export type DigestAnswer = z.infer<typeof digestAnswer>;

/** Events: the name stands in `event:`, this in `data:`. */
export const poke = z.object({ epoch: uuid, stream, head: seq });
export type Poke = z.infer<typeof poke>;

/** `POST /auth/v1/sign-in`; the token opens everything else as `authorization: Bearer …`. */
export const signInRequest = z.object({
  account: z.string().min(1).max(64),
  password: z.string().min(1).max(200),
  device: uuid,
  deviceName: z.string().max(120),
});
export const signInAnswer = z.object({
  token: z.string().min(20).max(200),
  epoch: uuid,
  now: instantMs,
  lease: z.string(),
  /** Public half of the key that signs leases, JWK (Ed25519); the workstation keeps the first one it sees from this centre. */
  leaseKey: z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string() }),
});
export type SignInAnswer = z.infer<typeof signInAnswer>;

/** What a lease says. Times in seconds since 1970, as JWT has them. */
export const leaseClaims = z.object({
  sub: id,
  name: z.string(),
  account: z.string(),
  districtId: district,
  roles: z.array(z.string()),
  streams: z.array(stream),
  /** Stream → when its grant ends, ms; of those that have an end. */
  until: z.record(stream, instantMs).default({}),
  device: uuid,
  iat: z.int(),
  exp: z.int(),
});
export type LeaseClaims = z.infer<typeof leaseClaims>;

/** A refusal on the wire, with its HTTP status: the code from `errors.ts`, never a stack. */
export const refusalBody = z.object({ code: z.string(), message: z.string(), detail: z.record(z.string(), z.unknown()) });
