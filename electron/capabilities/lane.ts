import { type FileHandle, open as openAt, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder, syncFolder, writeDurably } from './durable-file.ts';
import { ioFault, isMissing } from './io-fault.ts';
import { type Entry, entryLine, headerLine, readLane } from './journal-text.ts';

/** Opens the file of a lane for reading and writing, made if absent. Tests hand in a disk that fails. */
export type OpenLaneFile = (path: string) => Promise<FileHandle>;

export const openLaneFile: OpenLaneFile = async (path) => {
  try {
    return await openAt(path, 'r+');
  } catch (error) {
    if (!isMissing(error)) throw error;
    return openAt(path, 'wx+', 0o600);
  }
};

interface Waiting {
  readonly entries: readonly string[];
  readonly kept: () => void;
  readonly refused: (error: unknown) => void;
}

interface OpenFile {
  readonly handle: FileHandle;
  /** Everything before this offset is acknowledged; what a failed write left behind it is cut off. */
  length: number;
  nextSeq: number;
  torn: boolean;
}

export interface Lane {
  append(entries: readonly string[]): Promise<void>;
  read(): Promise<{ readonly entries: readonly Entry[]; readonly damaged: number }>;
  trim(throughSeq: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * One lane of the journal: unsent work in a file of its own, because IndexedDB can come up empty.
 *
 * 1. An append resolves only after `fdatasync`; appends that arrive together share one write and one sync.
 * 2. A failed write refuses every append of its group, and is cut off before anything else is written.
 * 3. Everything on one lane happens one after the other, in the order it was asked.
 */
export function lane(dataDir: string, path: string, openFile: OpenLaneFile = openLaneFile): Lane {
  let file: OpenFile | undefined;
  let waiting: Waiting[] = [];
  let tail: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = tail.then(work);
    tail = turn.catch(() => undefined); // the caller of that turn hears of it, the next turn goes on
    return turn.catch((error: unknown) => {
      throw ioFault(error);
    });
  };

  async function opened(): Promise<OpenFile> {
    if (file === undefined) {
      await makeFolder(dirname(path));
      const handle = await openFile(path);
      try {
        const bytes = await handle.readFile();
        const { wholeBytes, nextSeq } = readLane(bytes);
        if (bytes.length === 0) await syncFolder(dirname(path));
        file = { handle, length: wholeBytes, nextSeq, torn: wholeBytes < bytes.length };
      } catch (error) {
        await handle.close();
        throw error;
      }
    }
    await cutTorn(file);
    return file;
  }

  async function release(): Promise<void> {
    const open = file;
    file = undefined;
    await open?.handle.close();
  }

  async function flush(): Promise<void> {
    const group = waiting;
    waiting = [];
    try {
      await write(group.flatMap((one) => one.entries));
      for (const one of group) one.kept();
    } catch (error) {
      for (const one of group) one.refused(error);
    }
  }

  async function write(texts: readonly string[]): Promise<void> {
    const open = await opened();
    const lines = texts.map((text, place) => entryLine(open.nextSeq + place, text));
    if (open.length === 0) lines.unshift(headerLine(open.nextSeq));
    const bytes = Buffer.from(lines.join(''), 'utf8');
    open.torn = true;
    try {
      await writeAll(open.handle, bytes, open.length);
      await open.handle.datasync();
    } catch (error) {
      await cutTorn(open).catch(() => undefined); // tried again before the next write
      throw error;
    }
    open.torn = false;
    open.length += bytes.length;
    open.nextSeq += texts.length;
  }

  return {
    append: (entries) =>
      new Promise<void>((kept, refused) => {
        waiting.push({ entries, kept, refused: (error) => refused(ioFault(error)) });
        // Whoever comes while the turn before us still writes joins this group.
        if (waiting.length === 1) void inTurn(async () => gather().then(flush));
      }),

    read: () =>
      inTurn(async () => {
        const bytes = await readIfThere(path);
        const { entries, damaged } = readLane(file === undefined ? bytes : bytes.subarray(0, file.length));
        return { entries: entries.map(({ seq, text }) => ({ seq, text })), damaged };
      }),

    trim: (throughSeq) =>
      inTurn(async () => {
        if ((await readIfThere(path)).length === 0) return;
        const { length, nextSeq } = await opened();
        const whole = (await readFile(path)).subarray(0, length);
        const last = readLane(whole).entries.findLast((entry) => entry.seq <= throughSeq);
        if (last === undefined) return;
        const rest = whole.subarray(last.end);
        const begins = rest.length === 0 ? nextSeq : last.seq + 1;
        await release();
        await writeDurably(dataDir, path, Buffer.concat([Buffer.from(headerLine(begins)), rest]), true);
      }),

    close: () => inTurn(release),
  };
}

/** One turn of the event loop: entries written by one burst of work go to disk together. */
const gather = (): Promise<void> => new Promise((done) => setImmediate(done));

async function cutTorn(open: OpenFile): Promise<void> {
  if (!open.torn) return;
  await open.handle.truncate(open.length);
  open.torn = false;
}

async function writeAll(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

async function readIfThere(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isMissing(error)) return Buffer.alloc(0);
    throw error;
  }
}
