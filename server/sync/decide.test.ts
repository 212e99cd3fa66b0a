import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { CODES } from '#shared/errors.ts';
import { centreOf, DEVICE, enrol } from '../../tests/support/centre-of.ts';
import { CITY } from '#shared/schema/stream.ts';
import { commandOf, pushAll, subjectArgs, taskArgs, templateArgs } from '../../tests/support/commands.ts';
import { emptyCentre, MemoryCentre } from '../../tests/support/memory-centre.ts';
import { firstBadLine } from '../audit/chain.ts';
import type { Centre, Session } from './centre.ts';
import { applyAsSystem } from './machine.ts';
import { push } from './push.ts';

const EPOCH = '22222222-2222-4222-8222-222222222222';
let store: MemoryCentre;
let centre: Centre;
let wang: Session;

beforeEach(async () => {
  store = new MemoryCentre(emptyCentre(EPOCH));
  centre = centreOf(store);
  wang = await enrol(centre, 'o-wang');
});

const register = (id: string, over: Parameters<typeof commandOf>[3] = {}) =>
  commandOf(wang, 'subjects.register', subjectArgs(id), over);
const edited = (id: string, field: string, from: unknown, to: unknown, session = wang) =>
  commandOf(session, 'subjects.edit', { id, changes: { [field]: { from, to } } });
const subject = (id: string) => store.state.rows.get('subjects')?.get(`620102/${id}`)?.row;

test('a mutation is applied once, and asked again it gets the same answer', async () => {
  const command = register('s1');
  const [first] = await pushAll(centre, wang, [command]);
  const [second] = await pushAll(centre, wang, [command]);
  expect(first).toMatchObject({ status: 'applied', again: false, epoch: EPOCH, heads: { 'd:620102': expect.any(Number) } });
  expect(second).toEqual({ ...first, again: true });
});

test('the same id twice in one push is decided once', async () => {
  const command = register('s1');
  const outcomes = await pushAll(centre, wang, [command, command]);
  expect(outcomes.map(({ again }) => again)).toEqual([false, true]);
  expect(outcomes[1]).toEqual({ ...outcomes[0], again: true });
});

test('the same id with another payload is refused, also in another district, and the first stands', async () => {
  const command = register('s1');
  const other = { ...command, args: subjectArgs('s1', { name: 'other' }) };
  const elsewhere = { ...command, district: '620103' };
  const outcomes = await pushAll(centre, wang, [command, other, elsewhere, command]);
  expect(outcomes.map(({ code }) => code)).toEqual([undefined, CODES.mutationReused[0], CODES.mutationReused[0], undefined]);
  expect(subject('s1')).toMatchObject({ name: '演示食堂 s1' });
});

test.each([
  ['of another district', { district: '620103' }, 'grantMissing'],
  ['in the city’s own rows', { district: '620100' }, 'grantMissing'],
  ['under another name', { actor: 'o-li' }, 'wrongActor'],
  ['nobody knows', { name: 'subjects.__proto__' }, 'unknownMutation'],
  ['of a version nobody knows', { v: 2 }, 'unknownMutation'],
  ['that sets what only the centre sets', { args: { ...subjectArgs('s1'), districtId: '620103', ver: 9 } }, 'badArgs'],
  ['with a text no database can hold', { args: subjectArgs('s1', { name: 'a\0b' }) }, 'badMessage'],
  ['with half a character', { args: subjectArgs('s1', { name: '\ud83d' }) }, 'badMessage'],
  ['without a number', { n: 0 }, 'badMessage'],
] as const)('a mutation %s is refused and the next one goes on', async (_what, over, kind) => {
  const outcomes = await pushAll(centre, wang, [{ ...register('s1'), ...over }, register('s2')]);
  expect(outcomes).toMatchObject([{ status: 'rejected', code: CODES[kind][0], heads: {} }, { status: 'applied' }]);
  expect(subject('s1')).toBeUndefined();
});

test('a push with a mutation that has no readable id is refused whole', async () => {
  await expect(pushAll(centre, wang, [register('s1'), { n: 2 }])).rejects.toMatchObject({ kind: 'badMessage' });
  expect(subject('s1')).toBeUndefined();
});

test('a mutation sent under another name can still be sent by its own officer', async () => {
  const li = await enrol(centre, 'o-li', { device: randomUUID() });
  const command = commandOf(li, 'subjects.register', subjectArgs('s1'));
  expect(await pushAll(centre, wang, [command])).toMatchObject([{ code: CODES.wrongActor[0] }]);
  expect(await pushAll(centre, li, [command])).toMatchObject([{ status: 'applied', again: false }]);
});

test('what stands on a refused mutation is refused, what stands on an applied one is not', async () => {
  const parent = register('s1', { district: '620103' });
  const child = register('s2', { after: parent.mid });
  const good = register('s3');
  const outcomes = await pushAll(centre, wang, [parent, child, good, register('s4', { after: good.mid })]);
  expect(outcomes.map(({ status, code }) => code ?? status)).toEqual([
    CODES.grantMissing[0],
    CODES.parentRefused[0],
    'applied',
    'applied',
  ]);
});

test('a refused mutation leaves no trace of its first steps', async () => {
  await applyAsSystem(centre, CITY, [{ name: 'checklistTemplates.publish', args: templateArgs('tpl'), at: 1 }]);
  await applyAsSystem(centre, '620102', [
    { name: 'subjects.register', args: subjectArgs('s1'), at: 1 },
    { name: 'tasks.dispatch', args: taskArgs('t1', 's1'), at: 1 },
  ]);
  const begin = commandOf(wang, 'inspections.begin', {
    id: 'i1',
    subjectId: 's1',
    taskId: 't1',
    templateId: 'tpl',
    officerIds: ['o-wang'],
  });
  const again = { ...begin, mid: randomUUID(), args: { ...begin.args, officerIds: [] } };
  const jump = commandOf(wang, 'tasks.accept', { id: 't1' });
  const outcomes = await pushAll(centre, wang, [begin, again, jump]);
  expect(outcomes.map(({ code }) => code)).toEqual([undefined, CODES.stateMoved[0], CODES.stateMoved[0]]);
  expect(outcomes[2]?.detail).toMatchObject({ from: 'inProgress', to: 'accepted' });
});

test('two edits of different fields both stand, of the same field the second is merged with both values', async () => {
  await pushAll(centre, wang, [register('s1')]);
  const outcomes = await pushAll(centre, wang, [
    edited('s1', 'diners', 12, 20),
    edited('s1', 'areaM2', 80.5, 90),
    edited('s1', 'diners', 12, 30),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['applied', 'applied', 'merged']);
  expect(outcomes[2]?.conflicts).toEqual([{ field: 'diners', base: 12, mine: 30, theirs: 20 }]);
  expect(subject('s1')).toMatchObject({ diners: 20, areaM2: 90 });
});

test('who loses the grant in the middle of a push is refused from there on', async () => {
  const boss = await enrol(centre, 'o-boss', { roles: ['bureauAdmin'], device: randomUUID() });
  const outcomes = await pushAll(centre, boss, [
    commandOf(boss, 'subjects.register', subjectArgs('s1')),
    commandOf(boss, 'grants.withdraw', { id: 'g-o-boss-d:620102', until: 5 }),
    commandOf(boss, 'subjects.register', subjectArgs('s2')),
  ]);
  expect(outcomes.map(({ status, code }) => code ?? status)).toEqual(['applied', 'applied', CODES.grantMissing[0]]);
});

test('nobody opens to themselves a district they do not reach', async () => {
  const boss = await enrol(centre, 'o-boss', { roles: ['bureauAdmin'], device: randomUUID() });
  const give = commandOf(boss, 'grants.give', { id: 'g9', officerId: 'o-boss', stream: 'd:620103', since: 0, until: null });
  expect(await pushAll(centre, boss, [give])).toMatchObject([{ code: CODES.grantMissing[0] }]);
});

test('a row that says somebody is the system opens nothing to them', async () => {
  const sly = await enrol(centre, 'o-sly', { roles: ['bureauAdmin', 'system'], device: randomUUID() });
  const elsewhere = commandOf(sly, 'subjects.register', subjectArgs('s1'), { district: '620103' });
  expect(await pushAll(centre, sly, [elsewhere])).toMatchObject([{ code: CODES.grantMissing[0] }]);
});

const held = (): unknown[] =>
  [...(store.state.rows.get('heldWork')?.values() ?? [])].map(({ row: { officerId, mutation, args, code, state } }) => ({
    officerId,
    mutation,
    args,
    code,
    state,
  }));

test.each([
  ['the officer has left', { name: 'officers.edit', args: { id: 'o-wang', changes: { state: { from: 'active', to: 'left' } } } }],
  ['the grant has ended', { name: 'grants.withdraw', args: { id: 'g-o-wang-d:620102', until: 2 } }],
])('work that comes after %s is refused, and kept word for word for a supervisor', async (_when, change) => {
  await applyAsSystem(centre, '620102', [{ ...change, at: 1 }]);
  const command = register('s1');
  const [first] = await pushAll(centre, wang, [command]);
  const [second] = await pushAll(centre, wang, [command]);
  expect([first, second]).toMatchObject([
    { status: 'rejected', code: CODES.grantMissing[0], again: false },
    { status: 'rejected', again: true },
  ]);
  expect(subject('s1')).toBeUndefined();
  const kept = { officerId: 'o-wang', mutation: 'subjects.register', args: command.args, code: CODES.grantMissing[0] };
  expect(held()).toEqual([{ ...kept, state: 'held' }]);
});

test('what names a district the officer never had to do with is refused in the books of their own, and nobody is asked to take it over', async () => {
  const [outcome] = await pushAll(centre, wang, [register('s1', { district: '620103' })]);
  expect(outcome).toMatchObject({ status: 'rejected', code: CODES.grantMissing[0] });
  expect(held()).toEqual([]);
  expect(store.state.audit.get('620103')).toBeUndefined();
  expect(store.state.audit.get('620102')?.at(-1)).toMatchObject({ mid: outcome?.mid, status: 'rejected' });
});

test('mutations made on rows of another history are refused whole, before anything is decided', async () => {
  const cursors = [{ stream: 'd:620102', seq: 1, mark: 'ffffffffffffffff' }];
  const body = JSON.stringify({ device: DEVICE, epoch: EPOCH, cursors, commands: [register('s1')] });
  await expect(push(centre, wang, body, () => undefined)).rejects.toMatchObject({ kind: 'cursorFork' });
  expect(subject('s1')).toBeUndefined();
});

test.each([
  ['for another history', { epoch: randomUUID() }, 'wrongEpoch'],
  ['of another workstation', { device: randomUUID() }, 'badMessage'],
] as const)('a push %s is refused whole', async (_what, over, kind) => {
  const body = JSON.stringify({ device: DEVICE, epoch: EPOCH, commands: [register('s1')], ...over });
  await expect(push(centre, wang, body, () => undefined)).rejects.toMatchObject({ kind });
  expect(subject('s1')).toBeUndefined();
});

test('a failure before the save decides nothing, and the same push afterwards is decided as if for the first time', async () => {
  const command = register('s1');
  store.beforeSave = () => {
    throw new Error('power cut');
  };
  await expect(pushAll(centre, wang, [command])).rejects.toThrow('power cut');
  store.beforeSave = () => undefined;
  expect(await pushAll(centre, wang, [command])).toMatchObject([{ status: 'applied', again: false }]);
});

test('a machine doing the same again changes nothing', async () => {
  const commands = [{ name: 'subjects.register', args: subjectArgs('s1'), at: 1 }];
  expect(await applyAsSystem(centre, '620102', commands)).toEqual([]);
  const before = structuredClone(store.state);
  expect(await applyAsSystem(centre, '620102', commands)).toEqual([]);
  expect(store.state).toEqual(before);
});

test('every decided mutation has one line in the audit chain, and an edited, deleted, moved or cut line is found', async () => {
  await pushAll(centre, wang, [register('s1'), register('s2', { district: '620103' }), register('s3'), register('s3')]);
  const chain = store.state.audit.get('620102') ?? [];
  const tip = chain.at(-1);
  if (!tip) throw new Error('no chain');
  expect(chain.map(({ mid }) => mid)).toEqual(
    [...store.state.decisions.values()].filter(({ district }) => district === '620102').map(({ mid }) => mid),
  );
  expect(await firstBadLine(chain, tip)).toBeUndefined();
  const [first, second, third] = chain;
  if (!first || !second || !third) throw new Error('the chain is too short');
  expect(await firstBadLine(chain.with(2, { ...third, actor: 'o-li' }), tip)).toBe(3);
  expect(await firstBadLine(chain.toSpliced(1, 1), tip)).toBe(2);
  expect(await firstBadLine([second, first, ...chain.slice(2)], tip)).toBe(1);
  expect(await firstBadLine(chain.slice(0, -1), tip)).toBe(chain.length);
});
