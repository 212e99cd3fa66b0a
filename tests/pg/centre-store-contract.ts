import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import type { Page, PageRow } from '#shared/protocol/page.ts';
import { CITY } from '#shared/schema/stream.ts';
import { tables } from '#shared/tables/index.ts';
import type { CentreStore } from '../../server/store/centre-store.ts';
import type { Centre, Session } from '../../server/sync/centre.ts';
import { hello } from '../../server/sync/hello.ts';
import { applyAsSystem } from '../../server/sync/machine.ts';
import { snapshot } from '../../server/sync/snapshot.ts';
import { centreOf, DEVICE, enrol } from '../support/centre-of.ts';
import { commandOf, pushAll, subjectArgs, taskArgs, templateArgs } from '../support/commands.ts';
import { pullAll, pullPage } from '../support/read-page.ts';

const STREAM = 'd:620102';
const TEMPLATE = templateArgs('tpl');

const ids = (rows: readonly PageRow[]): string[] => rows.map(({ id }) => id);
const registers = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => ({ name: 'subjects.register', args: subjectArgs(`s${from + i}`), at: 1 }));

const greet = (centre: Centre, session: Session, cursors: readonly Pick<Page, 'stream' | 'seq' | 'mark'>[]) =>
  hello(
    centre,
    session,
    JSON.stringify({
      device: session.device,
      deviceName: 'pc',
      app: '0',
      cursors: cursors.map(({ stream, seq, mark }) => ({ stream, seq, mark })),
      pending: 0,
      freeBytes: null,
      clock: 1,
    }),
  );

/** What every store of the centre must do, told by the protocol that runs over it. */
export function runCentreStoreContract(open: () => Promise<CentreStore>): void {
  let centre: Centre;
  let wang: Session;

  beforeEach(async () => {
    centre = centreOf(await open());
    wang = await enrol(centre, 'o-wang');
  });

  test('what was registered comes down as it was given, with its version and its district', async () => {
    await pushAll(centre, wang, [commandOf(wang, 'subjects.register', subjectArgs('s1'))]);
    const page = await pullPage(centre, wang, STREAM);
    const { id, ...columns } = subjectArgs('s1');
    expect(page.rows.at(-1)).toEqual({ k: tables.subjects.kind, id, d: '620102', s: 2, v: 1, r: columns });
    expect(page).toMatchObject({ epoch: centre.store.epoch, from: 0, seq: 2, more: false });
  });

  test('an officer’s own stream carries the grants', async () => {
    const page = await pullPage(centre, wang, 'u:o-wang');
    expect(page.rows).toMatchObject([{ k: tables.grants.kind, r: { officerId: 'o-wang', stream: STREAM, until: null } }]);
  });

  test('a structured value is the same row again whatever the order of its keys', async () => {
    const publish = (at: number) => applyAsSystem(centre, CITY, [{ name: 'checklistTemplates.publish', args: TEMPLATE, at }]);
    expect(await publish(1)).toEqual([]);
    expect(await publish(2)).toEqual([]);
    expect((await pullPage(centre, wang, 'city')).rows).toHaveLength(1);
  });

  test('a district’s rule reads the city’s checklist', async () => {
    const inspection = { id: 'i1', subjectId: 's1', taskId: 't1', templateId: 'tpl', officerIds: ['o-wang', 'o-li'] };
    await applyAsSystem(centre, CITY, [{ name: 'checklistTemplates.publish', args: TEMPLATE, at: 1 }]);
    await applyAsSystem(centre, '620102', [
      { name: 'subjects.register', args: subjectArgs('s1'), at: 1 },
      { name: 'tasks.dispatch', args: taskArgs('t1', 's1'), at: 1 },
    ]);
    const outcomes = await pushAll(centre, wang, [
      commandOf(wang, 'inspections.begin', inspection),
      commandOf(wang, 'inspections.giveNotice', { id: 'i1' }),
      commandOf(wang, 'inspections.answer', { id: 'i1', no: 1, from: null, answer: { result: 'yes', remark: '' } }),
      commandOf(wang, 'inspections.complete', { id: 'i1' }),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['applied', 'applied', 'applied', 'applied']);
    const rows = (await pullPage(centre, wang, STREAM)).rows;
    expect(rows.find(({ id }) => id === 'i1')).toMatchObject({ v: 4, r: { verdict: 'pass', state: 'completed' } });
    expect(rows.find(({ id }) => id === 't1')).toMatchObject({ v: 3, r: { state: 'done' } });
  });

  test('a row taken back is told to those who had it', async () => {
    const announce = {
      id: 'a1',
      ownerTable: 'subjects',
      ownerId: 's1',
      sha256: '0'.repeat(64),
      thumbSha256: null,
      sizeBytes: 1,
      mime: 'image/jpeg',
      caption: '',
      takenAt: 1,
      takenBy: 'o-wang',
      state: 'announced',
    };
    await pushAll(centre, wang, [
      commandOf(wang, 'subjects.register', subjectArgs('s1')),
      commandOf(wang, 'attachments.announce', announce),
    ]);
    const had = await pullPage(centre, wang, STREAM);
    await pushAll(centre, wang, [commandOf(wang, 'attachments.withdraw', { id: 'a1' })]);
    const next = await pullPage(centre, wang, STREAM, had);
    expect(next.rows).toEqual([{ k: tables.attachments.kind, id: 'a1', d: '620102', s: 4, x: 'gone' }]);
  });

  test('pages of any size carry every row once, in order, and cut no commit that fits', async () => {
    await applyAsSystem(centre, '620102', registers(0, 23), { batch: 4 });
    const pages = await pullAll(centre, wang, STREAM, 10);
    expect(pages.flatMap(({ rows }) => ids(rows))).toEqual(['o-wang', ...registers(0, 23).map(({ args }) => args['id'])]);
    expect(pages.map(({ seq }) => seq)).toEqual([9, 17, 24]);
  });

  test('a commit larger than a page comes in parts, each of which can be gone on from', async () => {
    await applyAsSystem(centre, '620102', registers(0, 23), { batch: 100 });
    const pages = await pullAll(centre, wang, STREAM, 10);
    expect(pages.flatMap(({ rows }) => ids(rows))).toHaveLength(24);
    expect(pages.map(({ seq }) => seq)).toEqual([1, 11, 21, 24]);
  });

  test('a row that changes while a first load is under way comes at its newest number', async () => {
    await applyAsSystem(centre, '620102', registers(0, 5), { batch: 1 });
    const first = await pullPage(centre, wang, STREAM, {}, 3);
    await pushAll(centre, wang, [commandOf(wang, 'subjects.edit', { id: 's0', changes: { diners: { from: 12, to: 9 } } })]);
    const rest = await pullPage(centre, wang, STREAM, first);
    expect(ids(rest.rows)).toEqual(['s2', 's3', 's4', 's0']);
    expect(rest.rows.at(-1)).toMatchObject({ v: 2, r: { diners: 9 } });
  });

  test.each([
    ['beyond the head', { seq: 99, mark: '00000000000000ff' }, 'cursorFork'],
    ['with the mark of another history', { seq: 1, mark: 'ffffffffffffffff' }, 'cursorFork'],
    ['without its mark', { seq: 1, mark: '' }, 'cursorFork'],
    ['at the beginning with a mark', { seq: 0, mark: '00000000000000ff' }, 'damagedCursor'],
    ['with a mark that is none', { seq: 1, mark: 'zz' }, 'damagedCursor'],
    ['with a number that is none', { seq: -1, mark: '' }, 'damagedCursor'],
  ] as const)('a cursor %s is refused', async (_what, cursor, kind) => {
    await expect(pullPage(centre, wang, STREAM, cursor)).rejects.toMatchObject({ kind });
  });

  test('a stream without a grant is refused, and no longer granted it is dropped', async () => {
    await expect(pullPage(centre, wang, 'd:620103')).rejects.toMatchObject({ kind: 'grantMissing' });
    const page = await pullPage(centre, wang, STREAM);
    await applyAsSystem(centre, '620102', [{ name: 'grants.withdraw', args: { id: `g-o-wang-${STREAM}`, until: 2 }, at: 2 }]);
    await expect(pullPage(centre, wang, STREAM, page)).rejects.toMatchObject({ kind: 'grantMissing' });
    const { streams } = await greet(centre, wang, [page]);
    expect(streams.find(({ stream }) => stream === STREAM)).toMatchObject({ plan: 'drop' });
  });

  test('hello says for each stream what to do, who I am and where my count stands', async () => {
    const page = await pullPage(centre, wang, STREAM);
    const command = commandOf(wang, 'subjects.register', subjectArgs('s1'), { n: 41 });
    await pushAll(centre, wang, [command]);
    const answer = await greet(centre, wang, [page, { stream: 'u:o-wang', seq: 1, mark: 'ffffffffffffffff' }]);
    expect(answer).toMatchObject({ lastN: 41, epoch: centre.store.epoch, officer: { id: 'o-wang', districtId: '620102' } });
    expect(answer.streams).toEqual([
      { stream: 'city', head: 0, grantUntil: null, plan: 'load' },
      { stream: 'u:o-wang', head: 1, grantUntil: null, plan: 'replace' },
      { stream: STREAM, head: 2, grantUntil: null, plan: 'pull' },
    ]);
  });

  test('a page says up to which of my mutations it is complete, for this workstation alone', async () => {
    await pushAll(centre, wang, [
      commandOf(wang, 'subjects.register', subjectArgs('s1'), { n: 7 }),
      commandOf(wang, 'subjects.register', subjectArgs('s2'), { n: 8, district: '620103' }),
    ]);
    expect((await pullPage(centre, wang, STREAM)).mine).toBe(8);
    expect((await pullPage(centre, { ...wang, device: randomUUID() }, STREAM)).mine).toBe(0);
  });

  test('the snapshot counts what a first load brings', async () => {
    await applyAsSystem(centre, '620102', registers(0, 3));
    expect(await snapshot(centre, wang, { stream: STREAM })).toMatchObject({
      seq: 4,
      rows: [
        { kind: tables.officers.kind, n: 1 },
        { kind: tables.subjects.kind, n: 3 },
      ],
    });
  });

  test('two workstations race for one task: one accepts it, the other is told that it has moved on', async () => {
    const li = await enrol(centre, 'o-li', { device: randomUUID() });
    await applyAsSystem(centre, '620102', [{ name: 'tasks.dispatch', args: taskArgs('t1', 's1'), at: 1 }]);
    const accept = (session: Session) => pushAll(centre, session, [commandOf(session, 'tasks.accept', { id: 't1' })]);
    const outcomes = (await Promise.all([accept(wang), accept(li)])).flat();
    expect(outcomes.map(({ code }) => code ?? 'applied').toSorted()).toEqual(['E409.1', 'applied']);
  });

  test('two edits of one field at once: one stands, the other is merged and keeps both values', async () => {
    const li = await enrol(centre, 'o-li', { device: randomUUID() });
    await applyAsSystem(centre, '620102', registers(0, 1));
    const edit = (session: Session, to: number) =>
      pushAll(centre, session, [commandOf(session, 'subjects.edit', { id: 's0', changes: { diners: { from: 12, to } } })]);
    const outcomes = (await Promise.all([edit(wang, 1), edit(li, 2)])).flat();
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['applied', 'merged']);
  });

  test('the same push twice at once is decided once', async () => {
    const commands = Array.from({ length: 60 }, (_, i) => commandOf(wang, 'subjects.register', subjectArgs(`s${i}`)));
    const [a, b] = await Promise.all([pushAll(centre, wang, commands), pushAll(centre, wang, commands)]);
    expect(a?.map(({ mid, heads }) => [mid, heads])).toEqual(b?.map(({ mid, heads }) => [mid, heads]));
    expect((await pullPage(centre, wang, STREAM)).seq).toBe(61);
  });

  test('an answer that failed half way decides a beginning of the push and nothing else', async () => {
    const commands = Array.from({ length: 120 }, (_, i) =>
      commandOf(wang, 'subjects.register', subjectArgs(`s${i}`), { district: i < 100 ? '620102' : '620103' }),
    );
    let saves = 0;
    const failing: CentreStore = {
      ...centre.store,
      epoch: centre.store.epoch,
      read: (work, home) => centre.store.read(work, home),
      write: (district, work) => {
        if (++saves === 2) throw new Error('cut');
        return centre.store.write(district, work);
      },
    };
    await expect(pushAll({ ...centre, store: failing }, wang, commands)).rejects.toThrow('cut');
    expect((await pullPage(centre, wang, STREAM)).rows).toHaveLength(101);
    const outcomes = await pushAll(centre, wang, commands);
    expect(outcomes.map(({ again }) => again)).toEqual(commands.map((_, i) => i < 100));
  });

  test('sixteen writers push while one reads: the reader’s copy ends equal to the centre’s rows', async () => {
    const writers = await Promise.all(
      Array.from({ length: 16 }, (_, i) => enrol(centre, `w${i}`, { device: randomUUID(), streams: [STREAM] })),
    );
    const copy = new Map<string, PageRow>();
    let writing = true;
    const reader = (async () => {
      let cursor = { seq: 0, mark: '' };
      for (let last = false; !last; ) {
        last = !writing;
        const page = await pullPage(centre, wang, STREAM, cursor, 7);
        for (const row of page.rows) copy.set(`${row.k}/${row.id}`, row);
        cursor = page;
        if (page.more) last = false;
      }
    })();
    await Promise.all(
      writers.map(async (writer, i) => {
        for (let round = 0; round < 4; round++)
          await pushAll(centre, writer, [
            commandOf(writer, 'subjects.register', subjectArgs(`s${i}-${round}`)),
            commandOf(writer, 'subjects.edit', { id: `s${i}-0`, changes: { diners: { from: 12 + round, to: 13 + round } } }),
          ]);
      }),
    );
    writing = false;
    await reader;
    const whole = await pullAll(centre, wang, STREAM);
    const truth = new Map(whole.flatMap(({ rows }) => rows.map((row) => [`${row.k}/${row.id}`, row] as const)));
    expect(copy).toEqual(truth);
    expect(truth.size).toBe(1 + 16 + 64);
  });

  test('hello of another workstation than the session’s is refused', async () => {
    await expect(greet(centre, { ...wang, device: DEVICE }, [])).resolves.toBeDefined();
    const body = { device: randomUUID(), deviceName: '', app: '', cursors: [], pending: 0, freeBytes: null, clock: 1 };
    await expect(hello(centre, wang, JSON.stringify(body))).rejects.toMatchObject({ kind: 'badMessage' });
  });
}
