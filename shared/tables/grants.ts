import { mayRegister, must, mustReach } from '../domain/permission.ts';
import { instant, nullable, ref, text } from '../schema/column.ts';
import { mustGet, registration, transition } from '../schema/mutation.ts';
import { personStream } from '../schema/stream.ts';
import { table } from '../schema/table.ts';
import { officers } from './officers.ts';

/** A grant opens one stream to one officer; it travels in that officer's own stream. */
export const grants = table('grants', {
  kind: 4,
  label: ['授权', 'Grant'],
  doc: 'Which officer may read and work in which stream, since when and until when.',
  scope: 'person',
  columns: {
    officerId: ref('人员', 'Officer', 'officers'),
    stream: text('数据流', 'Stream', { min: 1, max: 80 }),
    since: instant('起', 'Since'),
    until: nullable(instant('止', 'Until')),
  },
  indexes: [['officerId']],
  streamOf: (row) => personStream(String(row['officerId'])),
});

const allowed = (act: { actor: Parameters<typeof mayRegister>[0] }) => must(mayRegister(act.actor), 'grants');

export const grantMutations = {
  /** Where the officer is enrolled, whatever the stream. Nobody opens to others what is closed to themselves. */
  give: registration(grants, ['授权', 'Grant'], async (act, row, tx) => {
    allowed(act);
    mustReach(act.actor, row.stream);
    await mustGet(tx, officers, row.officerId);
  }),
  withdraw: transition(
    ['撤销授权', 'Withdraw'],
    { id: ref('授权', 'Grant', 'grants'), until: instant('止', 'Until') },
    async (tx, args, act) => {
      allowed(act);
      const grant = await mustGet(tx, grants, args.id);
      mustReach(act.actor, grant.stream);
      await tx.put(grants, { ...grant, until: args.until });
    },
  ),
};
