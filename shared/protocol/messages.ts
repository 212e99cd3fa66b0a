/**
 * Messages between a workstation and the centre, all under `/sync/v1` (docs/sync.md tells each with an example).
 *
 *     hello   POST  who I am, where my cursors stand      → epoch, my streams and what to do with each
 *     push    POST  up to 200 mutations, in order         → one line per mutation as it is decided
 *     pull    GET   ?stream&seq&mark&limit                → a page (page.ts)
 *     snapshot GET  ?stream                               → how many rows of each kind a first load will bring
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
export const PROTOCOL_HISTORY = ['1: first'] as const;
export const PROTOCOL_VERSION = PROTOCOL_HISTORY.length;

export const HEADERS = { protocol: 'x-sync-protocol', schema: 'x-sync-schema', epoch: 'x-sync-epoch' } as const;

export const LIMITS = { pushCommands: 200, pushBytes: 512 * 1024, pageRows: 5000, fileBytes: 15 * 1024 * 1024 } as const;

const id = z.string().min(1).max(64);
const uuid = z.uuid();
const stream = z.string().min(1).max(80);
const seq = z.int().min(0);
const instantMs = z.int().min(0).max(8.64e15);
const district = z.string().regex(/^\d{6}$/);

/** Where a copy of one stream stands: everything up to `seq`, which the commit named `mark` wrote. `mark` is '' at 0. */
export const cursor = z.strictObject({ stream, seq, mark: z.string().max(64) });
export type Cursor = z.infer<typeof cursor>;

/** One mutation on its way up. `n` counts up on one workstation for one officer; `after` is a mutation this one stands on. */
export const command = z.strictObject({
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

export const pushRequest = z.strictObject({
  device: uuid,
  epoch: uuid,
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

export const helloRequest = z.strictObject({
  device: uuid,
  deviceName: z.string().max(120),
  app: z.string().max(40),
  cursors: z.array(cursor).max(64),
  /** Mutations of this officer still waiting here. */
  pending: z.int().min(0),
  freeBytes: z.int().min(0).nullable(),
  /** Device clock, ms. */
  clock: instantMs,
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
  /** Signed statement under which this officer may work here offline: compact JWS, EdDSA. */
  lease: z.string(),
  streams: z.array(streamPlan),
});
export type HelloAnswer = z.infer<typeof helloAnswer>;

export const snapshotAnswer = z.object({
  epoch: uuid,
  stream,
  seq,
  rows: z.array(z.object({ kind: z.int(), n: z.int().min(0) })),
});
export type SnapshotAnswer = z.infer<typeof snapshotAnswer>;

/** Events: the name stands in `event:`, this in `data:`. */
export const poke = z.object({ epoch: uuid, stream, head: seq });
export type Poke = z.infer<typeof poke>;

/** `POST /auth/v1/sign-in`; the token opens everything else as `authorization: Bearer …`. */
export const signInRequest = z.strictObject({
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
  device: uuid,
  iat: z.int(),
  exp: z.int(),
});
export type LeaseClaims = z.infer<typeof leaseClaims>;

/** A refusal on the wire, with its HTTP status: the code from `errors.ts`, never a stack. */
export const refusalBody = z.object({ code: z.string(), message: z.string(), detail: z.record(z.string(), z.unknown()) });
