import { gunzipSync } from 'node:zlib';
import { beforeEach, expect, test } from 'vitest';
import { Digests } from '#shared/protocol/digest.ts';
import { LIMITS } from '#shared/protocol/messages.ts';
import type { PageRow } from '#shared/protocol/page.ts';
import { tables } from '#shared/tables/index.ts';
import { packAll, SEGMENT_LIVES_MS } from '../../server/segments/pack.ts';
import type { CentreStore } from '../../server/store/centre-store.ts';
import type { Centre, Session } from '../../server/sync/centre.ts';
import { compareDigests } from '../../server/sync/digests.ts';
import { applyAsSystem } from '../../server/sync/machine.ts';
import { segmentBytes } from '../../server/sync/segment.ts';
import { snapshot } from '../../server/sync/snapshot.ts';
import { centreOf, enrol } from '../support/centre-of.ts';
import { commandOf, pushAll, subjectArgs, taskArgs } from '../support/commands.ts';
import { pageOf, pullAll } from '../support/read-page.ts';
import { pull } from '../../server/sync/pull.ts';

const STREAM = 'd:620102';
const MANY = 2000;
const NOW = 1_900_000_000_000;

const keyed = (rows: readonly PageRow[]) => new Map(rows.map((row) => [`${row.k}/${row.id}`, row]));
const doneTask = (i: number) => ({ ...taskArgs(`t${i}`, 's0'), dueAt: 1_000 + i, state: 'done' });

/** What every store of the centre must do about ready-made rows, and the comparing of copies. */
export function runSegmentContract(open: () => Promise<CentreStore>): void {
  let centre: Centre;
  let wang: Session;

  beforeEach(async () => {
    centre = centreOf(await open());
    wang = await enrol(centre, 'o-wang');
    const subjects = Array.from({ length: MANY }, (_, i) => ({
      name: 'subjects.register',
      args: subjectArgs(`s${i}`),
      at: 1,
    }));
    await applyAsSystem(centre, '620102', subjects);
  });

  const manifest = () => snapshot(centre, wang, { stream: STREAM });
  const edit = (id: string, to: number) =>
    pushAll(centre, wang, [commandOf(wang, 'subjects.edit', { id, changes: { diners: { from: 12, to } } })]);

  async function linesOf(sha256: string): Promise<PageRow[]> {
    const text = gunzipSync(await segmentBytes(centre, wang, { stream: STREAM, sha256 })).toString();
    return text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as PageRow);
  }

  /** A first load as a workstation does it: segments, then the pages without their rows. */
  async function load(): Promise<{ readonly rows: Map<string, PageRow>; readonly paged: readonly PageRow[] }> {
    const { segments } = await manifest();
    const ready = (await Promise.all(segments.map(({ sha256 }) => linesOf(sha256)))).flat();
    const packed = String(segments.at(-1)?.no ?? 0);
    const paged: PageRow[] = [];
    for (let cursor = { seq: 0, mark: '' }, more = true; more; ) {
      const page = pageOf(await pull(centre, wang, { stream: STREAM, seq: String(cursor.seq), mark: cursor.mark, packed }));
      paged.push(...page.rows);
      [cursor, more] = [page, page.more];
    }
    return { rows: keyed([...ready, ...paged]), paged };
  }

  test('segments and the pages without their rows bring what the pages alone bring', async () => {
    expect(await packAll(centre, NOW)).toBe(1);
    expect((await manifest()).segments).toMatchObject([{ no: 1, rows: MANY + 1, cold: false, newestAt: null, kinds: [3, 6] }]);
    expect((await manifest()).rows).toEqual([
      { kind: tables.officers.kind, n: 1 },
      { kind: tables.subjects.kind, n: MANY },
    ]);
    const { rows, paged } = await load();
    expect(paged).toEqual([]);
    expect(rows).toEqual(keyed((await pullAll(centre, wang, STREAM)).flatMap((page) => page.rows)));
    expect(await packAll(centre, NOW)).toBe(0);
  });

  test('what changes after the packing comes in the pages, and what was removed too', async () => {
    await packAll(centre, NOW);
    await edit('s7', 9);
    const { rows, paged } = await load();
    expect(paged).toMatchObject([{ id: 's7', v: 2, r: { diners: 9 } }]);
    expect(rows).toEqual(keyed((await pullAll(centre, wang, STREAM)).flatMap((page) => page.rows)));
  });

  test('a row that changes while it is packed does not stand in the segment', async () => {
    const lines = await centre.store.read((moment) => moment.feed(STREAM, 0, 10), '620102');
    await edit('s0', 9);
    const about = { sha256: '0'.repeat(64), rows: 10, bytes: 1, cold: false, newestAt: null, kinds: [6], madeAt: NOW };
    expect(await centre.store.pack({ stream: STREAM, about, rows: lines })).toBe(1);
    const page = await pull(centre, wang, { stream: STREAM, packed: '1' });
    const ids = pageOf(page).rows.map(({ id }) => id);
    expect([ids.length, ids.includes('s0'), ids.includes('s1')]).toEqual([MANY + 1 - 9, true, false]);
  });

  test('a segment less than half of which is still true, or that is 90 days old, is packed anew under a new number', async () => {
    await packAll(centre, NOW);
    const changes = { diners: { from: 12, to: 13 } };
    const edits = Array.from({ length: MANY / 2 + 2 }, (_, i) => commandOf(wang, 'subjects.edit', { id: `s${i}`, changes }));
    while (edits.length > 0) await pushAll(centre, wang, edits.splice(0, LIMITS.pushCommands));
    await packAll(centre, NOW);
    expect((await manifest()).segments.map(({ no }) => no)).toEqual([2]);
    await packAll(centre, NOW + SEGMENT_LIVES_MS);
    expect((await manifest()).segments.map(({ no }) => no)).toEqual([2]);
    await packAll(centre, NOW + SEGMENT_LIVES_MS + 1);
    expect((await manifest()).segments.map(({ no }) => no)).toEqual([3]);
    expect((await load()).rows.size).toBe(MANY + 1);
  });

  test('a load that would begin over segments that are gone is told so', async () => {
    await packAll(centre, NOW);
    const [first] = (await manifest()).segments;
    await centre.store.dissolve(STREAM, 1, NOW);
    await expect(pull(centre, wang, { stream: STREAM, packed: '1' })).rejects.toMatchObject({ kind: 'segmentGone' });
    await expect(segmentBytes(centre, wang, { stream: STREAM, sha256: first?.sha256 })).rejects.toMatchObject({
      kind: 'segmentGone',
    });
    expect((await load()).rows.size).toBe(MANY + 1);
  });

  const bringHistory = () =>
    applyAsSystem(
      centre,
      '620102',
      Array.from({ length: 2000 }, (_, i) => ({ name: 'tasks.dispatch', args: doneTask(i), at: 1 })),
    );

  test('a server without the bytes of one segment offers none, and the next packing makes them anew', async () => {
    await bringHistory();
    await packAll(centre, NOW);
    const [first, second] = (await manifest()).segments;
    await centre.segments.keepOnly(new Set([second?.sha256 ?? '']));
    expect((await manifest()).segments).toEqual([]);
    expect((await load()).rows.size).toBe(MANY + 1 + 2000);
    await packAll(centre, NOW);
    expect((await manifest()).segments.map(({ no, sha256 }) => [no, sha256])).toEqual([
      [2, second?.sha256],
      [3, first?.sha256],
    ]);
    expect((await load()).rows.size).toBe(MANY + 1 + 2000);
  });

  test('history is packed apart, table by table, and says how new it is', async () => {
    await bringHistory();
    await packAll(centre, NOW);
    expect((await manifest()).segments).toMatchObject([
      { cold: false, kinds: [3, 6] },
      { cold: true, kinds: [10], rows: 2000, newestAt: 1_000 + 1999 },
    ]);
  });

  test('another district’s segments are refused, and an unknown one is gone', async () => {
    const zhao = await enrol(centre, 'o-zhao', { district: '620103' });
    await packAll(centre, NOW);
    const [first] = (await manifest()).segments;
    const asked = { stream: STREAM, sha256: first?.sha256 };
    await expect(segmentBytes(centre, zhao, asked)).rejects.toMatchObject({ kind: 'grantMissing' });
    const elsewhere = { stream: 'd:620103', sha256: first?.sha256 };
    await expect(segmentBytes(centre, zhao, elsewhere)).rejects.toMatchObject({ kind: 'segmentGone' });
  });

  test('only the tables that are asked for come, with the same numbers', async () => {
    const page = pageOf(await pull(centre, wang, { stream: STREAM, kinds: '3,10' }));
    expect(page).toMatchObject({ seq: MANY + 1, more: false, rows: [{ k: 3, s: 1 }] });
    await expect(pull(centre, wang, { stream: STREAM, kinds: '3;10' })).rejects.toMatchObject({ kind: 'damagedCursor' });
  });

  test('a copy is compared by its digests: equal, differing in one bucket, or behind', async () => {
    const pages = await pullAll(centre, wang, STREAM);
    const { seq = 0, mark = '' } = pages.at(-1) ?? {};
    const ask = (rows: readonly PageRow[]) => {
      const digests = new Digests((text) => Buffer.from(text));
      for (const row of rows) if ('r' in row) digests.add({ kind: row.k, id: row.id, columns: row.r });
      return compareDigests(centre, wang, JSON.stringify({ stream: STREAM, seq, mark, digests: digests.texts() }));
    };
    const rows = pages.flatMap((page) => page.rows);
    expect(await ask(rows)).toMatchObject({ behind: false, differ: [] });
    expect((await ask(rows.slice(1))).differ).toHaveLength(1);
    await edit('s0', 9);
    expect(await ask(rows)).toMatchObject({ behind: true, differ: [] });
  });
}
