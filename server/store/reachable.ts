import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { PostgresBinaries, UserIds } from './postgres-binaries.ts';

/** Where things stand that the database's own user must enter, when the centre was started by root from a folder nobody else may enter. */
const SHARED = '/var/lib/shian-centre';

/** May anybody enter every folder above `path`, and itself where it is one? */
function isOpen(path: string): boolean {
  for (let at = path; at !== dirname(at); at = dirname(at)) if ((statSync(at).mode & 0o001) === 0) return false;
  return true;
}

const hash = (of: string | Uint8Array): string => createHash('sha256').update(of).digest('hex').slice(0, 16);

function sharedFolder(name: string): string {
  const folder = join(SHARED, name);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  return folder;
}

/** Folder for the database of a centre whose data stands in `root`: that one, or one of its own that its user can enter. */
export function reachableFolder(root: string, user: UserIds): string {
  if (user.uid === undefined || isOpen(root)) return root;
  return sharedFolder(hash(root));
}

/** The programs where the database's user can run them: where npm put them, or a copy made once. */
export function reachablePrograms(programs: PostgresBinaries, user: UserIds): PostgresBinaries {
  if (user.uid === undefined || isOpen(programs.initdb)) return programs;
  const from = dirname(dirname(programs.initdb));
  const to = join(sharedFolder('programs'), hash(readFileSync(programs.postgres)));
  if (!existsSync(to)) {
    const half = `${to}.${process.pid}`;
    cpSync(from, half, { recursive: true, verbatimSymlinks: true });
    chmodSync(half, 0o755);
    try {
      renameSync(half, to);
    } catch (error) {
      rmSync(half, { recursive: true, force: true });
      // Another centre made the same copy meanwhile.
      if (!existsSync(to)) throw error;
    }
  }
  const at = (path: string): string => join(to, basename(dirname(path)), basename(path));
  return { initdb: at(programs.initdb), pg_ctl: at(programs.pg_ctl), postgres: at(programs.postgres) };
}
