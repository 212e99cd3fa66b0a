import * as z from 'zod';

/**
 * Everything the desktop can do for the screen: namespace → call → what it takes and what it answers.
 * A thing that is not in this table cannot cross; both shells and the renderer derive from it.
 * Arguments are checked before an implementation runs, results before they leave it.
 */
interface Call<A extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> {
  readonly args: A;
  readonly result: R;
}
const call = <A extends z.ZodType, R extends z.ZodType>(args: A, result: R): Call<A, R> => ({ args, result });

/** Greatest content one call may carry; a call with its frame must stay under 16 MiB. */
export const MAX_BLOB_BYTES = 15 * 1024 * 1024;
/** Greatest number of UTF-16 units of one journal entry. */
export const MAX_ENTRY_CHARS = 2_000_000;

const nothing = z.undefined();
const bytes = z.custom<Uint8Array>(
  (value) => value instanceof Uint8Array && value.byteLength <= MAX_BLOB_BYTES,
  'not bytes, or too many',
);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const lane = z.string().regex(/^[a-z0-9-]{8,64}$/);
const name = z.string().regex(/^[a-z0-9:-]{1,80}$/);
const count = z.int().min(0);
/** One line of well-formed text, so that a journal line is one line and survives UTF-8. */
const entry = z
  .string()
  .min(1)
  .max(MAX_ENTRY_CHARS)
  .regex(/^[^\n\r\p{Surrogate}]*$/u);
/** A bare file name that Windows and Linux both accept: no folder, no device, no hidden file. */
const fileName = z
  .string()
  .max(150)
  .regex(
    /^(?!\.)(?!(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))[^\p{Cc}\p{Surrogate}\\/:*?"<>|]*[^\p{Cc}\p{Surrogate}\\/:*?"<>|. ]$/iu,
  );
const pressure = z.enum(['fine', 'low', 'tight', 'critical']);

export const contract = {
  app: {
    /** Which centre, and which workstation this is; the device id is drawn once and kept. */
    identity: call(nothing, z.strictObject({ centreUrl: z.url(), deviceId: z.uuid(), deviceName: z.string().min(1).max(120) })),
  },
  files: {
    /** Writes a document where the officer wants it: its path, or null when the officer cancelled. */
    save: call(z.strictObject({ suggestedName: fileName, bytes }), z.string().nullable()),
    /** Keeps content under the hash the host computes; the same content again changes nothing. */
    putBlob: call(z.strictObject({ bytes }), z.strictObject({ sha256, sizeBytes: count })),
    /** The content, or null when it is absent or no longer has this hash. */
    getBlob: call(z.strictObject({ sha256 }), bytes.nullable()),
    hasBlob: call(z.strictObject({ sha256 }), z.boolean()),
    freeSpace: call(nothing, z.strictObject({ freeBytes: count, totalBytes: count })),
  },
  journal: {
    /** Resolves once every entry is on disk; refuses with `diskFull` without keeping any of them. */
    append: call(z.strictObject({ lane, entries: z.array(entry).min(1).max(5000) }), z.strictObject({ count })),
    /** Entries in order of `seq`; `damaged` counts lines that could not be read. */
    read: call(
      z.strictObject({ lane }),
      z.strictObject({ entries: z.array(z.strictObject({ seq: count, text: z.string() })), damaged: count }),
    ),
    /** Forgets entries up to and including `throughSeq`; later entries go on counting upward. */
    trim: call(z.strictObject({ lane, throughSeq: count }), z.null()),
    lanes: call(nothing, z.array(lane)),
  },
  secrets: {
    get: call(z.strictObject({ name }), z.string().nullable()),
    set: call(z.strictObject({ name, text: z.string().max(100_000) }), z.null()),
    remove: call(z.strictObject({ name }), z.null()),
    /** Whether the operating system's keystore seals the secrets or only file permissions do. */
    protection: call(nothing, z.enum(['os-keystore', 'file'])),
  },
  marker: {
    /** Small synced text outside IndexedDB: says what the local database must still contain. */
    get: call(z.strictObject({ name }), z.string().nullable()),
    set: call(z.strictObject({ name, text: z.string().max(4096) }), z.null()),
  },
  displays: {
    list: call(
      nothing,
      z.array(z.strictObject({ id: z.int(), label: z.string(), widthPx: count, heightPx: count, primary: z.boolean() })),
    ),
    /** Shows the video wall full-screen on one display. */
    openWall: call(z.strictObject({ displayId: z.int() }), z.null()),
  },
  print: {
    /** `renderer`: this shell cannot print by itself, the page does. */
    page: call(nothing, z.strictObject({ by: z.enum(['desktop', 'renderer']), printed: z.boolean() })),
  },
  notifications: {
    show: call(
      z.strictObject({ title: z.string().min(1).max(120), body: z.string().max(500) }),
      z.strictObject({ by: z.enum(['desktop', 'renderer']) }),
    ),
  },
  network: {
    /** Whether this computer has any network; says nothing about the centre. */
    status: call(nothing, z.strictObject({ online: z.boolean() })),
  },
  updates: {
    check: call(
      nothing,
      z.strictObject({ state: z.enum(['none', 'available', 'unsupported']), version: z.string().max(40).optional() }),
    ),
  },
  diagnostics: {
    info: call(
      nothing,
      z.strictObject({
        shell: z.enum(['electron', 'browser']),
        app: z.string(),
        node: z.string(),
        platform: z.string(),
        arch: z.string(),
        dataDirBytes: count,
        /** Instant, ms. */
        hostStartedAt: count,
        centreUrl: z.url(),
      }),
    ),
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Call>>>>;

/** What the host tells the screen without being asked. */
export const events = {
  'network.changed': z.strictObject({ online: z.boolean() }),
  'files.pressure': z.strictObject({ freeBytes: count, totalBytes: count, pressure }),
} as const;

type Contract = typeof contract;
type Method<C> =
  C extends Call<infer A, infer R>
    ? [z.output<A>] extends [undefined]
      ? () => Promise<z.output<R>>
      : (args: z.output<A>) => Promise<z.output<R>>
    : never;

/** Both sides: what the renderer calls and what every shell must provide. */
export type Host = { readonly [N in keyof Contract]: { readonly [M in keyof Contract[N]]: Method<Contract[N][M]> } };
export type HostEvents = { readonly [E in keyof typeof events]: z.output<(typeof events)[E]> };
export type HostEventName = keyof HostEvents;
/** Tells every open window. */
export type TellHostEvent = <E extends HostEventName>(name: E, payload: HostEvents[E]) => void;

/** The same shape as the contract, each call replaced by what `visit` makes of it. */
export function eachCall<T>(visit: (namespace: string, method: string, call: Call) => T): Record<string, Record<string, T>> {
  return Object.fromEntries(
    Object.entries(contract).map(([namespace, calls]) => [
      namespace,
      Object.fromEntries(Object.entries<Call>(calls).map(([method, one]) => [method, visit(namespace, method, one)])),
    ]),
  );
}
