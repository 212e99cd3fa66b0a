import type { DoneRow, FileRow, IssueRow, OutboxRow, OutboxStore } from '../sync/ports.ts';
import type { OutboxDatabase, SealedLine } from './databases.ts';
import type { Seal } from './seal.ts';
import { watched } from './watched.ts';

/** Sixty days of work are read or rewritten at once. */
const LONG_MS = 60_000;

/** The outbox in IndexedDB: one sealed row per mutation, strict durability. */
export function dexieOutbox(db: OutboxDatabase, seal: Seal): OutboxStore {
  const line = (row: OutboxRow): SealedLine => ({ mid: row.mid, n: row.n, state: row.state, sealed: sealJson(row) });
  const issueLine = (issue: IssueRow): SealedLine => ({ mid: issue.mid, n: issue.n, sealed: sealJson(issue) });
  const doneLine = (row: DoneRow): SealedLine => ({ mid: row.mid, n: row.n, doneAt: row.doneAt, sealed: sealJson(row) });
  const sealJson = (value: unknown): Uint8Array => seal.seal(JSON.stringify(value));
  // Only this module writes these lines; their shape is what it sealed.
  const opened = ({ sealed }: Pick<SealedLine, 'sealed'>): unknown => JSON.parse(seal.open(sealed));

  return {
    rows: () => watched(async () => (await db.cmd.orderBy('n').toArray()).map((one) => opened(one) as OutboxRow)),
    issues: () => watched(async () => (await db.issue.toArray()).map((one) => opened(one) as IssueRow)),
    knows: (mid) =>
      watched(async () => {
        const found = await Promise.all([db.cmd.get(mid), db.issue.get(mid), db.done.get(mid)]);
        return found.some((one) => one !== undefined);
      }),
    lastN: () =>
      watched(async () => {
        const last = await Promise.all([db.cmd.orderBy('n').last(), db.done.orderBy('n').last()]);
        return Math.max(0, ...last.map((one) => one?.n ?? 0));
      }),
    add: (rows) => watched(async () => void (await db.cmd.bulkAdd(rows.map(line)))),
    withdraw: (mid) => watched(() => db.cmd.delete(mid)),
    lastDone: () => watched(async () => (await db.done.orderBy('n').last())?.n ?? 0),
    done: () => watched(async () => (await db.done.orderBy('n').toArray()).map((one) => opened(one) as DoneRow), LONG_MS),
    reopen: (rows) =>
      watched(
        () =>
          db.transaction('rw', [db.cmd, db.done], async () => {
            await db.cmd.bulkPut(rows.map(line));
            await db.done.bulkDelete(rows.map(({ mid }) => mid));
          }),
        LONG_MS,
      ),
    decide: ({ acked, issues }) =>
      watched(() =>
        db.transaction('rw', [db.cmd, db.issue], async () => {
          if (acked.length > 0) await db.cmd.bulkPut(acked.map(line));
          if (issues.length > 0) await db.issue.bulkPut(issues.map(issueLine));
          const refused = issues.filter(({ status }) => status === 'rejected').map(({ mid }) => mid);
          if (refused.length > 0) await db.cmd.bulkDelete(refused);
        }),
      ),
    settle: (done, forgetBefore) =>
      watched(() =>
        db.transaction('rw', [db.cmd, db.done], async () => {
          await db.done.bulkPut(done.map(doneLine));
          await db.cmd.bulkDelete(done.map(({ mid }) => mid));
          await db.done.where('doneAt').below(forgetBefore).delete();
        }),
      ),
    putIssue: (issue) => watched(async () => void (await db.issue.put(issueLine(issue)))),
    files: () => watched(async () => (await db.file.toArray()).map((one) => opened(one) as FileRow)),
    putFile: (file) => watched(async () => void (await db.file.put({ blob: file.blob, sealed: sealJson(file) }))),
  };
}
