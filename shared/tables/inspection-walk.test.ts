import { expect, test } from 'vitest';
import { MemoryTx } from '../../tests/support/memory-tx.ts';
import { subjectArgs } from '../../tests/support/commands.ts';
import { acting, BUREAU, HEAD, LI, WANG, WORKER } from '../../tests/support/personas.ts';
import type { Actor, FieldConflict } from '../schema/mutation.ts';
import { checkArgs } from '../schema/table.ts';
import { mutationOfName } from './index.ts';

/** Runs a mutation by its wire name, its arguments checked as at any seam. */
async function run(
  tx: MemoryTx,
  actor: Actor,
  name: string,
  args: Record<string, unknown>,
  at = 1000,
): Promise<readonly FieldConflict[] | undefined> {
  const found = mutationOfName.get(name);
  if (!found) throw new Error(`no mutation ${name}`);
  return found.mutation.run(tx, checkArgs(found.mutation.args, args), acting(actor, at));
}

const TEMPLATE = {
  id: 't1',
  code: '1-3',
  version: 1,
  title: '餐饮服务日常监督检查要点表',
  domain: 'catering',
  effectiveFrom: '2016-05-01',
  maxGeneralFails: 1,
  items: [
    { no: 1, category: '许可管理', text: '证照有效', key: false },
    { no: 2, category: '信息公示', text: '公示到位', key: false },
    { no: 8, category: '人员管理', text: '健康证明有效', key: true },
  ],
};

const TASK = {
  id: 'k1',
  kind: 'routine',
  title: '日常检查',
  subjectId: 's1',
  gridId: 'g1',
  templateId: 't1',
  assigneeIds: ['o-wang', 'o-li'],
  dueAt: 9000,
  dispatchedAt: 1,
  note: null,
  cancelReason: null,
  state: 'dispatched',
};

const begin = { id: 'i1', subjectId: 's1', taskId: 'k1', templateId: 't1', officerIds: ['o-wang', 'o-li'] };

/** A district with one subject and one checklist. */
async function district(): Promise<MemoryTx> {
  const tx = new MemoryTx();
  await run(tx, BUREAU, 'subjects.register', subjectArgs('s1'));
  await run(tx, BUREAU, 'checklistTemplates.publish', TEMPLATE);
  return tx;
}

async function visit(officerIds: readonly string[] = ['o-wang', 'o-li']): Promise<MemoryTx> {
  const tx = await district();
  await run(tx, HEAD, 'tasks.dispatch', TASK);
  await run(tx, WANG, 'inspections.begin', { ...begin, officerIds });
  return tx;
}

const answer = (tx: MemoryTx, no: number, result: string) =>
  run(tx, WANG, 'inspections.answer', { id: 'i1', no, from: null, answer: { result, remark: '' } });

test('a check carried out to its end gives a verdict and closes its task', async () => {
  const tx = await visit();
  expect(tx.rows.get('tasks/k1')).toMatchObject({ state: 'inProgress' });
  await run(tx, WANG, 'inspections.giveNotice', { id: 'i1' });
  for (const [no, result] of [
    [1, 'yes'],
    [2, 'no'],
    [8, 'yes'],
  ] as const)
    await answer(tx, no, result);
  await run(tx, WANG, 'inspections.complete', { id: 'i1' }, 5000);
  expect(tx.rows.get('inspections/i1')).toMatchObject({ state: 'completed', verdict: 'basic', finishedAt: 5000 });
  expect(tx.rows.get('tasks/k1')).toMatchObject({ state: 'done' });
});

test('a failed key item fails the whole check', async () => {
  const tx = await visit();
  await run(tx, WANG, 'inspections.giveNotice', { id: 'i1' });
  for (const [no, result] of [
    [1, 'yes'],
    [2, 'na'],
    [8, 'no'],
  ] as const)
    await answer(tx, no, result);
  await run(tx, WANG, 'inspections.complete', { id: 'i1' });
  expect(tx.rows.get('inspections/i1')).toMatchObject({ verdict: 'fail' });
});

test('a check without notice, second officer or an answer names what is missing and changes nothing', async () => {
  const tx = await visit(['o-wang']);
  await answer(tx, 1, 'yes');
  const before = tx.rows.get('inspections/i1');
  await expect(run(tx, WANG, 'inspections.complete', { id: 'i1' })).rejects.toMatchObject({
    kind: 'incomplete',
    detail: { missing: ['notice', 'officers', '2', '8'] },
  });
  expect(tx.rows.get('inspections/i1')).toBe(before);
});

test('a completed record is frozen', async () => {
  const tx = await visit();
  await run(tx, WANG, 'inspections.giveNotice', { id: 'i1' });
  for (const no of [1, 2, 8]) await answer(tx, no, 'yes');
  await run(tx, WANG, 'inspections.complete', { id: 'i1' });
  await expect(answer(tx, 1, 'no')).rejects.toMatchObject({ kind: 'frozen' });
  await expect(run(tx, LI, 'inspections.addNote', { id: 'i1', text: '补充' })).rejects.toMatchObject({ kind: 'frozen' });
});

test('beginning a check on a cancelled task is refused with the states that are allowed', async () => {
  const tx = await district();
  await run(tx, HEAD, 'tasks.dispatch', TASK);
  await run(tx, HEAD, 'tasks.cancel', { id: 'k1', reason: '单位已注销' });
  await expect(run(tx, WANG, 'inspections.begin', begin)).rejects.toMatchObject({
    kind: 'stateMoved',
    detail: { from: 'cancelled', allowed: [] },
  });
  expect(tx.rows.has('inspections/i1')).toBe(false);
  expect(tx.rows.get('tasks/k1')).toMatchObject({ cancelReason: '单位已注销' });
});

test('two officers answer one item differently: the first answer stands and both are reported', async () => {
  const tx = await visit();
  const [no, yes] = [
    { result: 'no', remark: '过期 12 袋' },
    { result: 'yes', remark: '' },
  ];
  await run(tx, WANG, 'inspections.answer', { id: 'i1', no: 2, from: null, answer: no });
  const answered = await run(tx, LI, 'inspections.answer', { id: 'i1', no: 2, from: null, answer: yes });
  expect(answered).toEqual([{ field: 'answers', base: null, mine: yes, theirs: no }]);
  expect(tx.rows.get('inspections/i1')).toMatchObject({ answers: { 2: no } });
  expect(await run(tx, LI, 'inspections.answer', { id: 'i1', no: 2, from: no, answer: yes })).toBeUndefined();
  expect(tx.rows.get('inspections/i1')).toMatchObject({ answers: { 2: yes } });
});

const PHOTO = {
  id: 'a1',
  ownerTable: 'inspections',
  ownerId: 'i1',
  sha256: 'a'.repeat(64),
  thumbSha256: null,
  sizeBytes: 1,
  mime: 'image/jpeg',
  caption: '冷藏柜',
  takenAt: 1,
  takenBy: 'o-wang',
  state: 'announced',
};

test('evidence is taken in one’s own name, and by its real hash', async () => {
  const tx = await visit();
  await expect(run(tx, LI, 'attachments.announce', PHOTO)).rejects.toMatchObject({ kind: 'notPermitted' });
  await expect(run(tx, BUREAU, 'attachments.announce', { ...PHOTO, takenBy: 'o-bureau', state: 'stored' })).rejects.toMatchObject(
    { kind: 'notPermitted' },
  );
  await expect(run(tx, WANG, 'attachments.announce', { ...PHOTO, sha256: 'A'.repeat(64) })).rejects.toMatchObject({
    kind: 'badArgs',
  });
  await run(tx, WANG, 'attachments.announce', PHOTO);
  await expect(run(tx, BUREAU, 'attachments.confirmStored', { id: 'a1' })).rejects.toMatchObject({ kind: 'notPermitted' });
});

test('to a completed visit nothing is added and nothing taken from it', async () => {
  const tx = await visit();
  await run(tx, WANG, 'attachments.announce', PHOTO);
  await run(tx, WANG, 'inspections.giveNotice', { id: 'i1' });
  for (const no of [1, 2, 8]) await answer(tx, no, 'yes');
  await run(tx, WANG, 'inspections.complete', { id: 'i1' });
  await expect(run(tx, WANG, 'attachments.withdraw', { id: 'a1' })).rejects.toMatchObject({ kind: 'frozen' });
  await expect(run(tx, WANG, 'attachments.announce', { ...PHOTO, id: 'a2' })).rejects.toMatchObject({ kind: 'frozen' });
});

test('a wrong check character marks the number to be verified, whatever the officer sent', async () => {
  const tx = await district();
  await run(tx, WANG, 'subjects.register', subjectArgs('s2', { uscc: '9144030071526726XH', usccCheck: 'ok' }));
  expect(tx.rows.get('subjects/s2')).toMatchObject({ usccCheck: 'toVerify' });
  const licence = { id: 'l1', subjectId: 's1', kind: 'SC', no: 'SC10741018302531', noCheck: 'none', validTo: null, scope: '' };
  await run(tx, WANG, 'licences.record', licence);
  expect(tx.rows.get('licences/l1')).toMatchObject({ noCheck: 'ok' });
  await run(tx, WANG, 'licences.edit', { id: 'l1', changes: { no: { from: licence.no, to: 'SC10741018302532' } } });
  expect(tx.rows.get('licences/l1')).toMatchObject({ noCheck: 'toVerify' });
});

test('a grid worker reports a problem but may not judge it', async () => {
  const tx = await district();
  const problem = {
    id: 'p1',
    subjectId: 's1',
    inspectionId: null,
    source: 'site',
    riskClass: '2',
    category: '环境卫生',
    clause: '',
    description: '垃圾桶未盖',
    deadlineAt: null,
  };
  await run(tx, WORKER, 'problems.file', problem);
  await expect(run(tx, WORKER, 'problems.confirm', { id: 'p1' })).rejects.toMatchObject({ kind: 'notPermitted' });
  expect(tx.rows.get('problems/p1')).toMatchObject({ state: 'found', foundBy: 'o-worker' });
});

test('a failed recheck opens a second round and a third is refused', async () => {
  const tx = await district();
  const problem = {
    id: 'p1',
    subjectId: 's1',
    inspectionId: null,
    source: 'site',
    riskClass: '2',
    category: '环境卫生',
    clause: '',
    description: '垃圾桶未盖',
    deadlineAt: null,
  };
  await run(tx, WANG, 'problems.file', problem);
  await run(tx, WANG, 'problems.confirm', { id: 'p1' });
  await run(tx, WANG, 'problems.push', { id: 'p1', deadlineAt: 2000 });
  await run(tx, WANG, 'problems.submitRectification', { id: 'p1', text: '已加盖' });
  await run(tx, LI, 'problems.failRecheck', { id: 'p1', conclusion: '仍敞开', deadlineAt: 3000 });
  expect(tx.rows.get('problems/p1')).toMatchObject({ state: 'rectifying', round: 2 });
  await run(tx, WANG, 'problems.submitRectification', { id: 'p1', text: '已更换' });
  await expect(run(tx, LI, 'problems.failRecheck', { id: 'p1', conclusion: '仍敞开', deadlineAt: 4000 })).rejects.toMatchObject({
    kind: 'notPermitted',
  });
  await run(tx, LI, 'problems.passRecheck', { id: 'p1', conclusion: '合格' });
  expect(tx.rows.get('problems/p1')).toMatchObject({ state: 'closed' });
});

test('two edits of different fields both stand; of the same field the first stands and both values are reported', async () => {
  const tx = new MemoryTx();
  await run(tx, HEAD, 'tasks.dispatch', TASK);
  await run(tx, HEAD, 'tasks.reassign', { id: 'k1', changes: { dueAt: { from: 9000, to: 9500 } } });
  expect(
    await run(tx, HEAD, 'tasks.reassign', { id: 'k1', changes: { assigneeIds: { from: ['o-wang', 'o-li'], to: ['o-li'] } } }),
  ).toBeUndefined();
  const conflicts = await run(tx, HEAD, 'tasks.reassign', { id: 'k1', changes: { dueAt: { from: 9000, to: 9900 } } });
  expect(conflicts).toEqual([{ field: 'dueAt', base: 9000, mine: 9900, theirs: 9500 }]);
  expect(tx.rows.get('tasks/k1')).toMatchObject({ dueAt: 9500, assigneeIds: ['o-li'] });
});

test('an edit of a field that is not editable, or of a prototype name, is refused', async () => {
  const tx = new MemoryTx();
  await run(tx, HEAD, 'tasks.dispatch', TASK);
  for (const field of ['state', 'id', 'constructor']) {
    await expect(
      run(tx, HEAD, 'tasks.reassign', { id: 'k1', changes: { [field]: { from: null, to: 'x' } } }),
    ).rejects.toMatchObject({ kind: 'badArgs' });
  }
});

test('the same registration twice is one row; another row under its id is refused', async () => {
  const tx = new MemoryTx();
  await run(tx, HEAD, 'tasks.dispatch', TASK);
  await run(tx, HEAD, 'tasks.dispatch', TASK);
  await expect(run(tx, HEAD, 'tasks.dispatch', { ...TASK, title: '另一任务' })).rejects.toMatchObject({ kind: 'alreadyExists' });
});
