/**
 * Which files go up, in which order, and how far each is.
 *
 * Invariants
 * 1. A file is `stored` here only after the centre said the hash it computed itself; what the list says follows the attachment's row:
 *    where that is announced, the bytes are sent again, whatever was said before.
 * 2. A file goes only while an attachment of the copy names it: refused or taken back, it stays here.
 * 3. Thumbnails go before originals, originals oldest first; what comes first by then goes on after the part under way.
 * 4. A file the centre refuses for good stays here with the reason, until the officer tries again.
 */
import { Fault, type FaultKind } from '#shared/errors.ts';
import type { AnyRow } from '#shared/schema/table.ts';
import type { Centre } from './centre.ts';
import type { FileItem, FilesStatus } from './engine-api.ts';
import type { FileList } from './file-list.ts';
import { type Named, namedFiles } from './named-files.ts';
import type { Clock, FileRow } from './ports.ts';
import { uploadFile } from './upload-file.ts';

const FOR_GOOD: readonly FaultKind[] = ['badArgs', 'wrongContent', 'bodyTooLarge'];

export interface LocalFiles {
  readonly list: FileList;
  /** Null when they are not here or no longer whole. */
  readonly bytesOf: (sha256: string) => Promise<Uint8Array<ArrayBuffer> | null>;
  readonly attachments: () => Promise<readonly AnyRow[]>;
  /** Must originals wait now? */
  readonly originalsWait: () => boolean;
  readonly clock: Pick<Clock, 'now'>;
  readonly changed: () => void;
}

export interface SendingFiles {
  /** Sends what is due until nothing is; refuses when the line failed. */
  run(centre: Pick<Centre, 'upload'>, signal: AbortSignal): Promise<void>;
  /** Takes in what changed in the list or among the attachments. */
  look(): Promise<void>;
  status(): FilesStatus;
  /** Originals on their way, and whatever cannot go. */
  items(): readonly FileItem[];
  tryAgain(sha256: string): Promise<void>;
  /** These bytes have just come from the centre. */
  cameFromCentre(sha256: string): void;
}

interface Known {
  readonly row: FileRow;
  readonly named: Named;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

export function sendingFiles({ list, bytesOf, attachments, originalsWait, clock, changed }: LocalFiles): SendingFiles {
  /** Hash → bytes the centre has of it. */
  const sent = new Map<string, number>();
  /** Confirmed, while the row has not come back as stored. */
  const confirmed = new Set<string>();
  /** On the list, but the bytes are not here or damaged. */
  const missing = new Set<string>();
  let known: readonly Known[] = [];
  let doneBytes = 0;
  let line: Pick<Centre, 'upload'> | undefined;

  const isOriginal = ({ named }: Known): boolean => !named.thumbnail;
  const isStuck = ({ row }: Known): boolean => row.refused !== undefined || missing.has(row.sha256);
  const isDue = ({ row, named }: Known): boolean =>
    row.state === 'waiting' || (named.state === 'announced' && !confirmed.has(row.sha256));
  const due = (): readonly Known[] => known.filter((one) => isDue(one) && !isStuck(one));
  const originals = (): readonly Known[] => due().filter(isOriginal);

  async function look(): Promise<void> {
    const named = namedFiles(await attachments());
    for (const sha256 of confirmed) if (named.get(sha256)?.state === 'stored') confirmed.delete(sha256);
    const rows = new Map((await list.files()).toSorted((a, b) => a.addedAt - b.addedAt).map((row) => [row.sha256, row]));
    known = [...rows.values()]
      .flatMap((row) => {
        const said = named.get(row.sha256);
        return said ? [{ row, named: said }] : [];
      })
      .toSorted((a, b) => Number(isOriginal(a)) - Number(isOriginal(b)) || a.row.addedAt - b.row.addedAt);
    if (originals().length === 0) doneBytes = 0;
  }

  async function mark(sha256: string, as: (row: FileRow) => FileRow): Promise<void> {
    for (const row of await list.files()) if (row.sha256 === sha256) await list.putFile(as(row));
    await look();
    changed();
  }

  async function run(centre: Pick<Centre, 'upload'>, signal: AbortSignal): Promise<void> {
    // What was heard on another line may have been said by a centre that was restored since.
    if (centre !== line) confirmed.clear();
    line = centre;
    /** Not now: the centre does not know their attachment yet. */
    const passed = new Set<string>();
    const next = async (): Promise<Known | undefined> => {
      await look();
      if (signal.aborted) return undefined;
      return due().find((one) => !passed.has(one.row.sha256) && !(isOriginal(one) && originalsWait()));
    };
    for (let file = await next(); file; file = await next()) {
      const { sha256, sizeBytes } = file.row;
      try {
        const done = await sendOne(centre, file, async () => (await next())?.row.sha256 === sha256);
        if (!done) continue;
        sent.delete(sha256);
        if (isOriginal(file)) doneBytes += sizeBytes;
        confirmed.add(sha256);
        await mark(sha256, (row) => ({ ...row, state: 'stored' }));
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        if (error.kind === 'notFound') passed.add(sha256);
        else if (FOR_GOOD.includes(error.kind)) {
          sent.delete(sha256);
          const refused = { kind: error.kind, detail: error.detail, at: clock.now() };
          await mark(sha256, (row) => ({ ...row, refused }));
        } else throw error;
      }
    }
  }

  async function sendOne(
    centre: Pick<Centre, 'upload'>,
    { row, named }: Known,
    mayGoOn: () => Promise<boolean>,
  ): Promise<boolean> {
    const { sha256 } = row;
    const bytes = await bytesOf(sha256);
    if (bytes === null) {
      missing.add(sha256);
      changed();
      return false;
    }
    const progress = (offset: number): void => {
      sent.set(sha256, offset);
      changed();
    };
    return uploadFile(centre, { sha256, district: named.district }, bytes, progress, mayGoOn);
  }

  return {
    run,
    look,
    status() {
      const waiting = originals();
      return {
        waiting: waiting.length,
        sentBytes: doneBytes + sum(waiting.map(({ row }) => sent.get(row.sha256) ?? 0)),
        totalBytes: doneBytes + sum(waiting.map(({ row }) => row.sizeBytes)),
        paused: waiting.length > 0 && originalsWait(),
        stuck: known.filter(isStuck).length,
      };
    },
    items: () =>
      known
        .filter((one) => (isOriginal(one) && isDue(one)) || isStuck(one))
        .map(({ row, named: { caption, ownerTable, ownerId } }) => ({
          sha256: row.sha256,
          caption,
          ownerTable,
          ownerId,
          addedAt: row.addedAt,
          sizeBytes: row.sizeBytes,
          sentBytes: sent.get(row.sha256) ?? 0,
          refused: row.refused ?? null,
          missing: missing.has(row.sha256),
        })),
    async tryAgain(sha256) {
      missing.delete(sha256);
      await mark(sha256, ({ refused: _refused, ...row }) => row);
    },
    cameFromCentre: (sha256) => void confirmed.add(sha256),
  };
}
