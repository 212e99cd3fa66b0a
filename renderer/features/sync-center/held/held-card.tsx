import { Alert, Button } from 'antd';
import { useState } from 'react';
import { heldWorkMutations } from '#shared/tables/held-work.ts';
import { type Refusal, refusalOf, textOf } from '../../../app/fault-case.ts';
import { codeOf } from '../../../app/fault-text.ts';
import { useNamesOf, useOfficers } from '../../../app/record/people.ts';
import { ReasonDialog } from '../../../app/record/reason-dialog.tsx';
import { useSave } from '../../../app/record/use-save.tsx';
import type { RowFor } from '../../../store/local-api.ts';
import { engine, mutate } from '../../../sync/client.ts';
import { useTexts, useWord } from '../../../ui/language.ts';
import { momentOf } from '../../../ui/moments.ts';
import { StatusDot } from '../../../ui/status-dot.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { ChangeLines, ChangeTitle } from '../change-view.tsx';
import { argsToTake, heldChange } from './held-change.ts';
import { texts } from './texts.ts';

/** Work of another officer that was not applied: the supervisor does the same in their own name, or says why not. */
export function HeldCard({ held }: { readonly held: RowFor<'heldWork'> }) {
  const t = useTexts(texts);
  const word = useWord();
  const now = useNow();
  const names = useNamesOf();
  const left = useOfficers()?.get(held.officerId)?.state === 'left';
  const { save } = useSave();
  const [taking, setTaking] = useState(false);
  const [refused, setRefused] = useState<Refusal | null>(null);
  const [discarding, setDiscarding] = useState(false);
  const args = argsToTake(held);
  const change = heldChange(held);

  const take = async () => {
    if (args === undefined) return;
    setTaking(true);
    setRefused(null);
    try {
      await engine.mutate(held.mutation, args);
      await mutate.heldWork.take({ id: held.id });
    } catch (error) {
      setRefused(refusalOf(error));
    } finally {
      setTaking(false);
    }
  };

  return (
    <li className="issue">
      <header className="issue-head">
        <StatusDot tone="soon">{t('held')}</StatusDot>
        <span className="grow" />
        <span className="secondary">
          {t('doneAt', { at: momentOf(held.doneAt, now) })} · {t('receivedAt', { at: momentOf(held.receivedAt, now) })}
        </span>
      </header>
      <dl className="issue-parts">
        <dt>{t('who')}</dt>
        <dd>{names([held.officerId])}</dd>
        <dt>{t('what')}</dt>
        <dd>
          <ChangeTitle item={change} />
          <ChangeLines item={change} />
        </dd>
        <dt>{t('why')}</dt>
        <dd>
          {t(left ? 'whyLeft' : 'whyWithdrawn')} <span className="secondary">{held.code}</span>
        </dd>
      </dl>
      {refused !== null && (
        <Alert
          type="error"
          showIcon
          title={t('refused', { why: word(textOf(refused).what) })}
          description={
            <>
              {t('stays')}
              {word(textOf(refused).todo)} <span className="secondary">{codeOf(refused.kind)}</span>
            </>
          }
        />
      )}
      <div className="actions">
        {args === undefined ? (
          <span className="secondary">{t('unknown')}</span>
        ) : (
          <Button loading={taking} onClick={() => void take()}>
            {t('take')}
          </Button>
        )}
        <Button danger onClick={() => setDiscarding(true)}>
          {t('discard')}
        </Button>
      </div>
      {discarding && (
        <ReasonDialog
          title={t('discard')}
          danger
          columns={{ reason: heldWorkMutations.discard.args.reason }}
          draftKey={`held-discard/${held.id}`}
          onSubmit={({ reason }) => save(() => mutate.heldWork.discard({ id: held.id, reason: String(reason) }))}
          onClose={() => setDiscarding(false)}
        />
      )}
    </li>
  );
}
