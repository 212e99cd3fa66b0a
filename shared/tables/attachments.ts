import { mayEnforce, mayRegister, must } from '../domain/permission.ts';
import { instant, integer, ref, refBy, text, word } from '../schema/column.ts';
import { mustGet, registration, transition } from '../schema/mutation.ts';
import { districtStream } from '../schema/stream.ts';
import { table } from '../schema/table.ts';

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
    sha256: text('SHA-256', 'SHA-256', { min: 64, max: 64 }),
    sizeBytes: integer('大小', 'Size', { min: 1, max: 2_000_000_000, unit: 'B' }),
    mime: text('类型', 'Media type', { min: 1, max: 100 }),
    caption: text('说明', 'Caption', { max: 200 }),
    takenAt: instant('拍摄时间', 'Taken'),
    takenBy: ref('拍摄人', 'Taken by', 'officers'),
    state: word('原件', 'Original', { announced: ['待上传', 'Announced'], stored: ['已存中心', 'Stored'] }),
  },
  indexes: [['ownerId']],
  streamOf: (row) => districtStream(row.districtId),
});

const id = ref('附件', 'Attachment', 'attachments');

export const attachmentMutations = {
  announce: registration(attachments, ['添加附件', 'Attach'], (act, row) => {
    must(mayEnforce(act.actor) || mayRegister(act.actor), 'attachments');
    must(row.state === 'announced' || mayRegister(act.actor), 'only the centre says stored');
  }),
  /** The centre has the bytes and has computed their hash itself. */
  confirmStored: transition(['确认原件', 'Confirm stored'], { id }, async (tx, args, act) => {
    must(mayRegister(act.actor), 'only the centre says stored');
    const attachment = await mustGet(tx, attachments, args.id);
    await tx.put(attachments, { ...attachment, state: 'stored' });
  }),
  /** The officer who took it takes it back; the bytes stay on this workstation. */
  withdraw: transition(['撤回附件', 'Withdraw'], { id }, async (tx, args, act) => {
    const attachment = await mustGet(tx, attachments, args.id);
    must(attachment.takenBy === act.actor.id, 'another officer’s attachment');
    await tx.remove(attachments, args.id);
  }),
};
