import * as z from 'zod';
import { mayDispatch, must } from '../domain/permission.ts';
import { instant, integer, json, nullable, personal, ref, text, word } from '../schema/column.ts';
import { type Act, mustGet, registration, type Tx, transition } from '../schema/mutation.ts';
import { supervisorStream } from '../schema/stream.ts';
import { type Row, table } from '../schema/table.ts';

const args = z.record(z.string(), z.unknown());

/** Work that an officer did and that could no longer be applied, because the grant was withdrawn or the officer has left. */
export const heldWork = table('heldWork', {
  kind: 14,
  label: ['待接手的工作', 'Held work'],
  doc: 'What an officer did before the grant ended and sent after it: not applied, kept word for word for a supervisor to decide.',
  scope: 'district',
  columns: {
    officerId: ref('人员', 'Officer', 'officers'),
    mutation: text('操作', 'Action', { min: 1, max: 80 }),
    version: integer('版本', 'Version', { min: 1, max: 1_000_000 }),
    targetId: text('所涉记录', 'Record', { max: 64 }),
    args: personal(json('内容', 'Content', args, [{ id: 'p1' }])),
    code: text('未办原因', 'Why not applied', { max: 20 }),
    doneAt: instant('办理时间', 'Done'),
    receivedAt: instant('收到时间', 'Received'),
    handledBy: nullable(ref('处理人', 'Handled by', 'officers')),
    handledAt: nullable(instant('处理时间', 'Handled')),
    reason: personal(nullable(text('处理说明', 'Reason', { max: 400 }))),
    state: word('状态', 'State', {
      held: ['待接手', 'Held'],
      taken: ['已接手', 'Taken over'],
      discarded: ['已作废', 'Discarded'],
    }),
  },
  indexes: [['state', 'receivedAt']],
  streamOf: (row) => supervisorStream(row.districtId),
});

const id = ref('待接手的工作', 'Held work', 'heldWork');

async function settle(tx: Tx, act: Act, given: string, handled: Pick<Row<typeof heldWork>, 'state' | 'reason'>): Promise<void> {
  must(mayDispatch(act.actor) && act.actor.streams.includes(supervisorStream(act.district)), 'heldWork');
  const held = await mustGet(tx, heldWork, given);
  must(held.state === 'held', 'work that was dealt with');
  await tx.put(heldWork, { ...held, ...handled, handledBy: act.actor.id, handledAt: act.at });
}

export const heldWorkMutations = {
  /** Only the centre holds, in the transaction that refused the work itself. */
  hold: registration(heldWork, ['留存工作', 'Hold work'], (act) => must(act.actor.roles.includes('system'), 'heldWork')),
  /** The supervisor did the same in their own name; this line says so. */
  take: transition(['接手', 'Take over'], { id }, (tx, given, act) =>
    settle(tx, act, given.id, { state: 'taken', reason: null }),
  ),
  discard: transition(['作废', 'Discard'], { id, reason: text('理由', 'Reason', { min: 1, max: 400 }) }, (tx, given, act) =>
    settle(tx, act, given.id, { state: 'discarded', reason: given.reason }),
  ),
};
