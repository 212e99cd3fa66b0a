import { Button } from 'antd';
import { useState } from 'react';
import { text } from '#shared/schema/column.ts';
import { textOf } from '../../app/fault-case.ts';
import { FaultMessage } from '../../app/fault-message.tsx';
import { isHandedOver } from '../../app/handed-over.ts';
import { ReasonDialog } from '../../app/record/reason-dialog.tsx';
import { useSave } from '../../app/record/use-save.tsx';
import { engine } from '../../sync/client.ts';
import type { IssueItem } from '../../sync/engine-api.ts';
import { useTexts, useWord } from '../../ui/language.ts';
import { momentOf } from '../../ui/moments.ts';
import { StatusDot } from '../../ui/status-dot.tsx';
import { useNow } from '../../ui/use-now.ts';
import { ChangeLines, ChangeTitle } from './change-view.tsx';
import { FaultDetails } from './fault-details.tsx';
import { texts } from './texts.ts';
import { useEndState } from './use-end-state.ts';

const REASON = { reason: text('放弃的理由', 'Reason for giving up', { min: 1, max: 400 }) };

/** A refusal as data: what was meant, why it was refused, what can be done. */
export function RejectedCard({ item }: { readonly item: IssueItem }) {
  const t = useTexts(texts);
  const word = useWord();
  const now = useNow();
  const { save, saving } = useSave();
  const [givingUp, setGivingUp] = useState(false);
  const ended = useEndState(item);
  const handedOver = isHandedOver(item);
  const refusal = { kind: item.kind ?? 'internal', detail: item.detail };
  const giveUp = (reason: string) => save(() => engine.resolve(item.mid, { kind: 'discard', reason }));
  return (
    <li className="issue">
      <header className="issue-head">
        {handedOver ? <StatusDot tone="soon">{t('handedOver')}</StatusDot> : <StatusDot tone="bad">{t('rejected')}</StatusDot>}
        <span className="grow" />
        <span className="secondary">
          {t('at', { at: momentOf(item.at, now) })} · {t('decidedAt', { at: momentOf(item.decidedAt, now) })}
        </span>
      </header>
      <dl className="issue-parts">
        <dt>{t('meant')}</dt>
        <dd>
          <ChangeTitle item={item} />
          <ChangeLines item={item} />
        </dd>
        <dt>{t('why')}</dt>
        <dd>
          {handedOver ? (
            <>
              <strong className="fault-title">{word(textOf(refusal).what)}</strong>
              {t('handedOverHint')} <span className="secondary">{item.code}</span>
            </>
          ) : (
            <>
              <FaultMessage refusal={refusal} withTitle />
              <FaultDetails item={item} />
            </>
          )}
        </dd>
      </dl>
      <div className="actions">
        {handedOver ? (
          <Button loading={saving} onClick={() => void giveUp(t('handedOver'))}>
            {t('gotIt')}
          </Button>
        ) : (
          <>
            {ended === null && (
              <Button loading={saving} onClick={() => void save(() => engine.resolve(item.mid, { kind: 'again' }))}>
                {t('again')}
              </Button>
            )}
            <Button onClick={() => setGivingUp(true)}>{t('discard')}</Button>
          </>
        )}
        {!handedOver && typeof ended === 'string' && <span className="secondary">{t('notAgain', { state: ended })}</span>}
      </div>
      {givingUp && (
        <ReasonDialog
          title={t('discard')}
          columns={REASON}
          draftKey={`discard/${item.mid}`}
          onSubmit={({ reason }) => giveUp(String(reason))}
          onClose={() => setGivingUp(false)}
        />
      )}
    </li>
  );
}
