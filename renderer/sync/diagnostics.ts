/**
 * What a person who helps needs to see, and nothing about persons: no content of the work, no name, no telephone number, no token.
 */
import { Digests } from '#shared/protocol/digest.ts';
import { tableList } from '#shared/tables/index.ts';
import type { EngineStatus } from './engine-api.ts';
import type { CacheStore, CursorRow, FileRow, IssueRow, OutboxRow } from './ports.ts';
import type { TraceLine } from './trace.ts';

export interface Inside {
  readonly status: Omit<EngineStatus, 'signedIn' | 'workOffline' | 'pauseOriginals'>;
  readonly cache: CacheStore;
  readonly cursors: readonly CursorRow[];
  readonly pending: readonly OutboxRow[];
  readonly issues: readonly IssueRow[];
  readonly files: readonly FileRow[];
  readonly trace: readonly TraceLine[];
  /** Of the shell: versions, sizes. */
  readonly shell: Readonly<Record<string, unknown>>;
}

const encoder = new TextEncoder();
/** Telephone and identity card numbers, wherever one slipped in. */
const NUMBERS = /(?<!\d)(?:1[3-9]\d{9}|\d{17}[\dXx])(?!\d)/g;
/** The stream of one officer names the officer. */
const OWN = /\bu:[^\s"/]+/g;

const masked = (text: string): string => text.replaceAll(NUMBERS, '***').replaceAll(OWN, 'u:***');

/** How many rows a table has here, and one number that is the same wherever the same rows are. */
async function tableDigests(cache: CacheStore): Promise<Record<string, { readonly rows: number; readonly digest: string }>> {
  const found: Record<string, { readonly rows: number; readonly digest: string }> = {};
  for (const { name, kind } of tableList) {
    const digests = new Digests((text) => encoder.encode(text));
    const rows = await cache.all(name);
    for (const { id, districtId: _district, ...columns } of rows) digests.add({ kind, id, columns });
    const whole = digests.texts().reduce((sum, text) => sum ^ BigInt(`0x${text}`), 0n);
    found[name] = { rows: rows.length, digest: whole.toString(16).padStart(16, '0') };
  }
  return found;
}

/** The bundle as JSON text. `now`: ms. */
export async function diagnosticsOf(inside: Inside, now: number): Promise<string> {
  const { status, cursors, pending, issues, files, trace, shell } = inside;
  const bundle = {
    format: 'shian-diagnostics/1',
    madeAt: new Date(now).toISOString(),
    shell,
    status,
    epochs: [...new Set(cursors.map(({ epoch }) => epoch))],
    cursors: cursors.map(({ stream, seq, mark, mine, rows, inStepAt }) => ({ stream, seq, mark, mine, rows, inStepAt })),
    pending: pending.map(({ n, name, v, district, at, offsetMs, state, after }) => ({
      n,
      name,
      v,
      district,
      at,
      offsetMs,
      state,
      hasParent: after !== null,
    })),
    issues: issues.map(({ n, name, status: outcome, code, decidedAt, resolved }) => ({
      n,
      name,
      outcome,
      code,
      decidedAt,
      resolved: resolved?.kind ?? null,
    })),
    files: files.map(({ mime, sizeBytes, state, addedAt }) => ({ mime, sizeBytes, state, addedAt })),
    tables: await tableDigests(inside.cache),
    trace,
  };
  return masked(JSON.stringify(bundle, null, 1));
}
