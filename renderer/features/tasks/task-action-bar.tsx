import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { mayDispatch, mayEnforce } from '#shared/domain/permission.ts';
import { taskMutations, tasks as table } from '#shared/tables/tasks.ts';
import { BeginButton } from '../../app/record/begin-button.tsx';
import { BeginInspection } from '../../app/record/begin-inspection.tsx';
import { useActor } from '../../app/record/me.ts';
import { ReasonDialog } from '../../app/record/reason-dialog.tsx';
import { SavedSign } from '../../app/record/saved-sign.tsx';
import { useSave } from '../../app/record/use-save.tsx';
import { useValueText } from '../../app/record/value-text.ts';
import type { RowFor } from '../../store/local-api.ts';
import { mutate } from '../../sync/client.ts';
import { useTexts, useWord } from '../../ui/language.ts';
import { taskActions } from './task-actions.ts';
import { texts } from './texts.ts';

interface Props {
  readonly task: RowFor<'tasks'>;
  readonly subject: RowFor<'subjects'> | undefined;
  /** The newest visit made for this task. */
  readonly visit: RowFor<'inspections'> | undefined;
}

/** The actions the state and the role allow; where there is none, why. */
export function TaskActions({ task, subject, visit }: Props) {
  const t = useTexts(texts);
  const word = useWord();
  const read = useValueText();
  const actor = useActor();
  const { save, saving, savedAt } = useSave();
  const [doing, setDoing] = useState<'begin' | 'cancel' | null>(null);
  const actions = taskActions(task, actor);
  const close = () => setDoing(null);
  const why = (): string => {
    if (!mayEnforce(actor)) return t('noRight');
    if (!task.assigneeIds.includes(actor.id) && !mayDispatch(actor)) return t('notYours');
    return t('noAction', { state: read(table.columns.state, task.state) });
  };
  return (
    <div className="actions">
      {visit && (
        <Link to={`/inspections/${visit.id}`}>
          <Button type={visit.state === 'inProgress' ? 'primary' : 'default'}>
            {t(visit.state === 'inProgress' ? 'continue' : 'seeInspection')}
          </Button>
        </Link>
      )}
      {actions.includes('begin') && subject && (
        <BeginButton type="primary" onClick={() => setDoing('begin')}>
          {t('begin')}
        </BeginButton>
      )}
      {actions.includes('accept') && (
        <Button loading={saving} onClick={() => void save(() => mutate.tasks.accept({ id: task.id }))}>
          {word(taskMutations.accept.label)}
        </Button>
      )}
      {actions.includes('review') && (
        <Button type="primary" loading={saving} onClick={() => void save(() => mutate.tasks.review({ id: task.id }))}>
          {word(taskMutations.review.label)}
        </Button>
      )}
      {actions.includes('cancel') && (
        <Button danger onClick={() => setDoing('cancel')}>
          {word(taskMutations.cancel.label)}
        </Button>
      )}
      {actions.length === 0 && !visit && <span className="secondary">{why()}</span>}
      <SavedSign saving={saving} savedAt={savedAt} />
      {doing === 'begin' && subject && <BeginInspection subject={subject} task={task} onClose={close} />}
      {doing === 'cancel' && (
        <ReasonDialog
          title={word(taskMutations.cancel.label)}
          danger
          columns={{ reason: taskMutations.cancel.args.reason }}
          draftKey={`task-cancel/${task.id}`}
          onSubmit={({ reason }) => save(() => mutate.tasks.cancel({ id: task.id, reason: String(reason) }))}
          onClose={close}
        />
      )}
    </div>
  );
}
