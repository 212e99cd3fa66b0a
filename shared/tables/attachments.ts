import { mayEnforce, must } from '../domain/permission.ts';
import { isOpenProblem } from '../domain/problem-state.ts';
import { Fault } from '../errors.ts';
import { instant, integer, nullable, personal, ref, refBy, text, word } from '../schema/column.ts';
import { type Act, mustGet, nextVersion, registration, type Tx, transition } from '../schema/mutation.ts';
import { districtStream } from '../schema/stream.ts';
import { type Row, table } from '../schema/table.ts';
import { inspections } from './inspections.ts';
import { problems } from './problems.ts';
import { subjects } from './subjects.ts';

/** The bytes travel apart; the row says which bytes belong to what, by their hash. */
export const attachments = table('attachments', {
  kind: 13,
  label: ['附件', 'Attachment'],
  doc: 'A photograph or file of evidence: who took it, when, of what, and the SHA-256 of its bytes.',
  scope: 'district',
  columns: {
    ownerTable: word('所属', 'Belongs to', {
      inspections: ['检查', 'Inspection'],
      problems: ['问题', 'Problem'],
      subjects: ['监管对象', 'Subject'],
    }),
    ownerId: refBy('所属记录', 'Record', 'ownerTable'),
    sha256: text('SHA-256', 'SHA-256', { min: 64, max: 64, pattern: /^[0-9a-f]{64}$/ }),
    /** Of a picture of at most 40 KB that travels before the original. */
    thumbSha256: nullable(text('缩略图', 'Thumbnail', { min: 64, max: 64, pattern: /^[0-9a-f]{64}$/ })),
    sizeBytes: integer('大小', 'Size', { min: 1, max: 2_000_000_000, unit: 'B' }),
    mime: text('类型', 'Media type', { min: 1, max: 100 }),
    caption: personal(text('说明', 'Caption', { max: 200 })),
    takenAt: instant('拍摄时间', 'Taken'),
    takenBy: ref('拍摄人', 'Taken by', 'officers'),
    state: word('原件', 'Original', { announced: ['待上传', 'Announced'], stored: ['已存中心', 'Stored'] }),
  },
  indexes: [['ownerId'], ['thumbSha256']],
  streamOf: (row) => districtStream(row.districtId),
});

const id = ref('附件', 'Attachment', 'attachments');

const byMachine = (act: Act): boolean => act.actor.roles.includes('system');

/** Refuses with `frozen` where what it belongs to is closed: a completed visit, a closed problem. */
async function mustBeOpen(
  tx: Tx,
  { ownerTable, ownerId }: Pick<Row<typeof attachments>, 'ownerTable' | 'ownerId'>,
): Promise<void> {
  if (ownerTable === 'subjects') return void (await mustGet(tx, subjects, ownerId));
  const open =
    ownerTable === 'inspections'
      ? (await mustGet(tx, inspections, ownerId)).state === 'inProgress'
      : isOpenProblem(await mustGet(tx, problems, ownerId));
  if (!open) throw new Fault('frozen', 'what it belongs to is closed to changes', { ownerTable, ownerId });
}

export const attachmentMutations = {
  /** In the officer's own name, to what is still open; a machine may bring over what was taken elsewhere. */
  announce: nextVersion(
    registration(attachments, ['添加附件', 'Attach'], async (act, row, tx) => {
      if (byMachine(act)) return;
      must(mayEnforce(act.actor), 'attachments');
      must(row.takenBy === act.actor.id, 'evidence in another officer’s name');
      must(row.state === 'announced', 'only the centre says stored');
      await mustBeOpen(tx, row);
    }),
    (args) => ({ ...args, thumbSha256: null }),
  ),
  /** The centre has the bytes and has computed their hash itself. */
  confirmStored: transition(['确认原件', 'Confirm stored'], { id }, async (tx, args, act) => {
    must(byMachine(act), 'only the centre says stored');
    const attachment = await mustGet(tx, attachments, args.id);
    await tx.put(attachments, { ...attachment, state: 'stored' });
  }),
  /** The centre said stored and has the bytes no more: its database is older, or its files are. Whoever has them sends them again. */
  missBytes: transition(['原件缺失', 'Bytes missing'], { id }, async (tx, args, act) => {
    must(byMachine(act), 'only the centre says what it has');
    const attachment = await mustGet(tx, attachments, args.id);
    if (attachment.state === 'stored') await tx.put(attachments, { ...attachment, state: 'announced' });
  }),
  /** The officer who took it takes it back, while nothing rests on it; the bytes stay on this workstation. */
  withdraw: transition(['撤回附件', 'Withdraw'], { id }, async (tx, args, act) => {
    const attachment = await mustGet(tx, attachments, args.id);
    must(attachment.takenBy === act.actor.id, 'another officer’s attachment');
    await mustBeOpen(tx, attachment);
    await tx.remove(attachments, args.id);
  }),
};
