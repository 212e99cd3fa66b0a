/**
 * Files on their way up, as parts.
 *
 *     parts/<key>/length     how long the whole is to be
 *     parts/<key>/0          one part, named by where it begins
 *     parts/<key>/262144     the next
 *     parts/<uuid>           something half written; nobody looks at it
 *
 * Invariants
 * 1. A part is written and synced under another name and then linked to its own, which fails where one is: each place is taken
 *    once, however many requests and centres share the folder, and a part is there whole or not at all, whenever the power fails.
 * 2. Where an upload stands follows from what is on disk alone: the unbroken row of parts from 0.
 */
import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '#shared/errors.ts';
import { durably, ifThere, isCode, syncFolder } from './durable.ts';

/** An upload nobody goes on with is kept this long. */
const KEEP_MS = 7 * 24 * 3600_000;

export interface Begun {
  readonly length: number;
  readonly offset: number;
  /** When it is forgotten unless a part comes, ms. */
  readonly expiresAt: number;
}

export class PartStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Undefined where none was begun, or where it has run out. */
  async standing(key: string, now: number): Promise<Begun | undefined> {
    const folder = this.#of(key);
    const length = await ifThere(readFile(join(folder, 'length'), 'utf8'));
    const about = await ifThere(stat(folder));
    if (length === undefined || about === undefined) return undefined;
    const expiresAt = about.mtimeMs + KEEP_MS;
    if (expiresAt <= now) return undefined;
    const parts = await this.#row(key);
    return { length: Number(length), offset: parts.reduce((sum, { size }) => sum + size, 0), expiresAt };
  }

  /** What was begun goes on where it stands. */
  async begin(key: string, length: number, now: number): Promise<Begun> {
    const known = await this.standing(key, now);
    if (known) return known;
    await this.drop(key);
    const draft = this.#draft();
    await mkdir(draft, { recursive: true });
    await durably(join(draft, 'length'), 'wx', (file) => file.writeFile(String(length)));
    await syncFolder(draft);
    try {
      await rename(draft, this.#of(key));
    } catch (error) {
      await rm(draft, { recursive: true, force: true });
      if (!(await this.standing(key, now))) throw error; // else another request has begun it
    }
    await syncFolder(this.#folder);
    return (await this.standing(key, now)) ?? gone();
  }

  /** Resolves once the part is on disk; refused where that place is taken. */
  async append(key: string, offset: number, bytes: Uint8Array): Promise<void> {
    const draft = this.#draft();
    try {
      await durably(draft, 'wx', (file) => file.writeFile(bytes));
      await link(draft, join(this.#of(key), String(offset)));
      await syncFolder(this.#of(key));
    } catch (error) {
      if (isCode(error, 'EEXIST')) throw new Fault('uploadMoved', 'this part is there already');
      if (isCode(error, 'ENOENT')) gone();
      throw error;
    } finally {
      await rm(draft, { force: true });
    }
  }

  /** The parts as one file, on disk under a name of its own, and its SHA-256. */
  async join(key: string): Promise<{ readonly path: string; readonly sha256: string }> {
    const path = this.#draft();
    const sum = createHash('sha256');
    try {
      await durably(path, 'wx', async (file) => {
        for (const { name } of await this.#row(key)) {
          const bytes = await readFile(join(this.#of(key), name));
          sum.update(bytes);
          await file.appendFile(bytes);
        }
      });
    } catch (error) {
      await rm(path, { force: true });
      if (isCode(error, 'ENOENT')) gone(); // another request has finished it meanwhile
      throw error;
    }
    return { path, sha256: sum.digest('hex') };
  }

  async drop(key: string): Promise<void> {
    await rm(this.#of(key), { recursive: true, force: true });
  }

  /** Forgets what nobody went on with. What other centres are writing now is younger. */
  async sweep(now: number): Promise<void> {
    for (const name of (await ifThere(readdir(this.#folder))) ?? []) {
      const path = join(this.#folder, name);
      const about = await ifThere(stat(path));
      if (about && about.mtimeMs + KEEP_MS <= now) await rm(path, { recursive: true, force: true });
    }
  }

  /** The unbroken row of parts from 0. */
  async #row(key: string): Promise<readonly { readonly name: string; readonly size: number }[]> {
    const names = ((await ifThere(readdir(this.#of(key)))) ?? []).filter((name) => /^\d+$/.test(name));
    const row: { readonly name: string; readonly size: number }[] = [];
    let offset = 0;
    for (const name of names.toSorted((a, b) => Number(a) - Number(b))) {
      if (Number(name) !== offset) continue;
      const about = await ifThere(stat(join(this.#of(key), name)));
      if (!about) break;
      row.push({ name, size: about.size });
      offset += about.size;
    }
    return row;
  }

  #of(key: string): string {
    return join(this.#folder, key);
  }

  #draft(): string {
    return join(this.#folder, randomUUID());
  }
}

function gone(): never {
  throw new Fault('uploadGone', 'no such upload');
}
