/** A first load by ready-made segments, over the centre's real protocol code and the real copy. */
import 'fake-indexeddb/auto';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { Fault } from '#shared/errors.ts';
import type { AnyRow } from '#shared/schema/table.ts';
import { tableOfName } from '#shared/tables/index.ts';
import { bytesSealWith } from '../../renderer/store/bytes-seal.ts';
import { cacheDatabase } from '../../renderer/store/databases.ts';
import { openLogCache } from '../../renderer/store/log-cache.ts';
import { centreOver } from '../../renderer/sync/centre.ts';
import { type LocalCopy, openLocalCopy } from '../../renderer/sync/local-copy.ts';
import type { CacheStore, WireAnswer } from '../../renderer/sync/ports.ts';
import { pullStream } from '../../renderer/sync/pull.ts';
import { lineText } from '../../server/sync/line.ts';
import { applyAsSystem } from '../../server/sync/machine.ts';
import { push } from '../../server/sync/push.ts';
import { segmentBytes } from '../../server/sync/segment.ts';
import { diceOf } from '../support/dice.ts';
import { type ClientDisk, emptyDisk, memoryCache, memoryJournal, memoryOutbox } from '../support/memory-client.ts';
import { WANG } from '../support/personas.ts';
import { VirtualTime } from '../support/virtual-time.ts';
import { beginning } from './generate.ts';
import { type SimCentre, simCentre } from './sim-centre.ts';

const DISTRICT = 'd:620102';
const PER_SEGMENT = 4;
const SEGMENT = '/sync/v1/segments/';

const defect = (error: unknown): never => {
  throw error;
};

interface Stage {
  readonly sim: SimCentre;
  readonly copy: LocalCopy;
  readonly disk: ClientDisk;
  /** Addresses that were asked for. */
  readonly asked: string[];
  /** Spoils what the centre answers. */
  spoil: (path: string, answer: WireAnswer) => WireAnswer;
  bring(signal?: AbortSignal): Promise<number>;
}

async function stage(
  cacheOf: (disk: ClientDisk) => CacheStore = memoryCache,
  disk = emptyDisk(),
  before?: Stage,
): Promise<Stage> {
  const dice = diceOf(7);
  const time = new VirtualTime(Date.UTC(2026, 0, 5));
  const sim = before?.sim ?? simCentre(dice, time);
  if (!before) for (const [district, commands] of beginning(dice, [WANG])) await applyAsSystem(sim.centre, district, commands);
  const world = {
    clock: time.clock(),
    random: { uuid: () => randomUUID(), fraction: () => 0.5 },
    seal: (text: string) => text,
    defect,
  };
  const stores = { cache: cacheOf(disk), outbox: memoryOutbox(disk), journal: memoryJournal(disk) };
  const copy = await openLocalCopy(stores, world, WANG, () => undefined);
  const session = { officerId: WANG.id, districtId: WANG.districtId, device: randomUUID() };
  const asked: string[] = [];

  async function answer(path: string, request: Parameters<SimCentre['answer']>[1]): Promise<WireAnswer> {
    asked.push(path);
    if (!path.startsWith(SEGMENT)) return sim.answer(session, request, 3);
    const url = new URL(path, 'http://centre');
    try {
      const query = { stream: url.searchParams.get('stream'), sha256: url.pathname.slice(SEGMENT.length) };
      return {
        status: 200,
        contentType: 'application/gzip',
        bytes: await segmentBytes(sim.centre, session, query),
        complete: true,
      };
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      const { code, status, message, detail } = error;
      const bytes = new TextEncoder().encode(JSON.stringify({ code, message, detail }));
      return { status, contentType: 'application/json', bytes, complete: true };
    }
  }

  const self: Stage = {
    sim,
    copy,
    disk,
    asked,
    spoil: (_path, given) => given,
    bring: (signal = new AbortController().signal) => {
      const wire = {
        send: async (request: Parameters<SimCentre['answer']>[1]) =>
          self.spoil(request.path, await answer(request.path, request)),
        events: async () => undefined,
      };
      return pullStream(
        centreOver(wire, () => 'token', signal),
        copy,
        DISTRICT,
        signal,
      );
    },
  };
  return self;
}

/** Packs what stands in no segment yet, a few rows each; `cold` as the centre says of history. */
async function pack({ centre }: SimCentre, cold = false): Promise<void> {
  const rows = await centre.store.read((moment) => moment.feed(DISTRICT, 0, 1000, { packed: 1_000_000 }), WANG.districtId);
  const puts = rows.filter(({ content }) => content !== null);
  for (let from = 0; from < puts.length; from += PER_SEGMENT) {
    const some = puts.slice(from, from + PER_SEGMENT);
    const bytes = gzipSync(some.map((row) => `${lineText(row)}\n`).join(''));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const kinds = [...new Set(some.map(({ kind }) => kind))];
    await centre.segments.put(sha256, bytes);
    const about = { sha256, rows: some.length, bytes: bytes.length, cold, newestAt: cold ? 1 : null, kinds, madeAt: 1 };
    await centre.store.pack({ stream: DISTRICT, rows: some, about });
  }
}

/** What the centre has in the district. */
async function atCentre({ centre }: SimCentre): Promise<Map<string, AnyRow>> {
  const rows = await centre.store.read((moment) => moment.feed(DISTRICT, 0, 1000), WANG.districtId);
  const names = new Map([...tableOfName].map(([name, { kind }]) => [kind, name]));
  return new Map(
    rows.flatMap(({ kind, id, district, content }) =>
      content ? [[`${names.get(kind)}/${id}`, { ...(JSON.parse(content.json) as object), id, districtId: district }]] : [],
    ),
  );
}

async function changeSubject(sim: SimCentre, to: number): Promise<void> {
  const id = await subjectIn(sim.centre);
  const from = (await atCentre(sim)).get(`subjects/${id}`)?.['diners'] ?? null;
  const command = {
    mid: randomUUID(),
    n: 1,
    name: 'subjects.edit',
    v: 1,
    district: WANG.districtId,
    actor: WANG.id,
    at: 1,
    offsetMs: 0,
    after: null,
    args: { id, changes: { diners: { from, to } } },
  };
  const device = randomUUID();
  const session = { officerId: WANG.id, districtId: WANG.districtId, device };
  const said: string[] = [];
  const message = JSON.stringify({ device, epoch: sim.centre.store.epoch, commands: [command] });
  await push(sim.centre, session, message, ({ status }) => said.push(status));
  expect(said).toEqual(['applied']);
}

async function subjectIn(centre: SimCentre['centre']): Promise<string> {
  const rows = await centre.store.read((moment) => moment.feed(DISTRICT, 0, 1000, { kinds: [6] }), WANG.districtId);
  return rows[0]?.id ?? '';
}

const segmentsAsked = ({ asked }: Stage): string[] => asked.filter((path) => path.startsWith(SEGMENT));

test('rows that are ready-made come as segments, the others as pages, and nothing comes twice', async () => {
  const all = await stage();
  await pack(all.sim);
  await all.bring();
  expect(all.disk.rows).toEqual(await atCentre(all.sim));
  expect(segmentsAsked(all).length).toBeGreaterThan(2);
  expect(all.asked.filter((path) => path.includes('/pull?')).every((path) => path.includes('packed='))).toBe(true);
  expect(all.copy.cursor(DISTRICT)).toMatchObject({ inStepAt: expect.any(Number), packed: expect.any(Number) });
  all.asked.length = 0;
  await all.bring();
  expect(all.asked.every((path) => path.includes('/pull?') && !path.includes('packed='))).toBe(true);
});

test('a load that was cut off goes on with the segments that are missing', async () => {
  const first = await stage();
  await pack(first.sim);
  const cut = new AbortController();
  first.spoil = (path, answer) => {
    if (segmentsAsked(first).length > 5 && path.startsWith(SEGMENT)) throw new Fault('serverUnreachable', 'cut off');
    return answer;
  };
  await expect(first.bring(cut.signal)).rejects.toMatchObject({ kind: 'serverUnreachable' });
  const here = first.disk.segments.size;
  expect(here).toBeGreaterThan(0);
  const second = await stage(memoryCache, first.disk, first);
  await second.bring();
  expect(second.disk.rows).toEqual(await atCentre(second.sim));
  const listed = await second.sim.centre.store.read((moment) => moment.segments(DISTRICT), WANG.districtId);
  expect(segmentsAsked(second)).toHaveLength(listed.length - here);
});

test('a segment with a changed byte, or of rows that do not fit, is refused and leaves nothing', async () => {
  const one = await stage();
  await pack(one.sim);
  one.spoil = (path, answer) =>
    path.startsWith(SEGMENT) ? { ...answer, bytes: answer.bytes.map((byte, i) => (i === 20 ? byte ^ 1 : byte)) } : answer;
  await expect(one.bring()).rejects.toMatchObject({ kind: 'notOurServer' });
  expect(one.disk.rows.size).toBe(0);
  one.spoil = (_path, answer) => answer;
  await one.bring();
  expect(one.disk.rows).toEqual(await atCentre(one.sim));
});

test('rows that are packed anew while they are loaded are loaded from the beginning', async () => {
  const one = await stage();
  await pack(one.sim);
  let times = 0;
  one.spoil = (path, answer) => {
    if (!path.startsWith(SEGMENT) || (times += 1) !== 3) return answer;
    const bytes = new TextEncoder().encode(JSON.stringify({ code: 'E410.2', message: 'packed anew', detail: {} }));
    return { status: 410, contentType: 'application/json', bytes, complete: true };
  };
  await one.bring();
  expect(one.disk.rows).toEqual(await atCentre(one.sim));
  expect(one.asked.filter((path) => path.includes('/snapshot?'))).toHaveLength(2);
});

test('segments of an earlier packing are forgotten, since later ones say nothing of what changed in them', async () => {
  const first = await stage();
  await pack(first.sim);
  first.spoil = (path, answer) => {
    if (path.includes('/pull?')) throw new Fault('serverUnreachable', 'cut off');
    return answer;
  };
  await expect(first.bring()).rejects.toMatchObject({ kind: 'serverUnreachable' });
  for (const { no } of await first.sim.centre.store.read((moment) => moment.segments(DISTRICT), WANG.districtId))
    await first.sim.centre.store.dissolve(DISTRICT, no, 1);
  await changeSubject(first.sim, 77);
  await pack(first.sim);
  const second = await stage(memoryCache, first.disk, first);
  await second.bring();
  expect(second.disk.rows).toEqual(await atCentre(second.sim));
});

test.each([false, true])('work done before the rows came stands on top of them (history: %s)', async (cold) => {
  const name = randomUUID();
  const db = cacheDatabase(name);
  const key = randomBytes(32);
  const deps = {
    seal: bytesSealWith(key),
    clock: { now: () => 1 },
    defect,
    lost: () => undefined,
  };
  const cache = await openLogCache({ ...deps, db });
  const one = await stage(() => cache);
  await one.bring();
  const id = await subjectIn(one.sim.centre);
  await one.copy.mutate('subjects.edit', {
    id,
    changes: { diners: { from: (await cache.get('subjects', id))?.['diners'] ?? null, to: 4321 } },
  });
  await one.copy.dropStream(DISTRICT);
  expect(await cache.count('subjects')).toBe(0);
  await pack(one.sim, cold);
  await one.bring();
  db.close();
  for (const copy of [cache, await openLogCache({ ...deps, db: cacheDatabase(name) })]) {
    expect((await copy.get('subjects', id))?.['diners']).toBe(4321);
    expect(await copy.covered('subjects', [id])).toEqual([id]);
    expect((await copy.shadows()).map(({ row }) => row)).toEqual([(await atCentre(one.sim)).get(`subjects/${id}`)]);
  }
});
