import { Button, Modal } from 'antd';
import { useState } from 'react';
import { MAX_ROUNDS } from '#shared/domain/problem-state.ts';
import type { Columns } from '#shared/schema/column.ts';
import { problemMutations, problems as table } from '#shared/tables/problems.ts';
import { changesOf } from '../../app/record/editing.ts';
import { FieldsForm, type Values } from '../../app/record/fields-form.tsx';
import { useActor } from '../../app/record/me.ts';
import { ReasonDialog } from '../../app/record/reason-dialog.tsx';
import { SavedSign } from '../../app/record/saved-sign.tsx';
import { useSave } from '../../app/record/use-save.tsx';
import { useValueText } from '../../app/record/value-text.ts';
import type { RowFor } from '../../store/local-api.ts';
import { engine, mutate } from '../../sync/client.ts';
import { useTexts, useWord } from '../../ui/language.ts';
import { problemActions, type ProblemVerb, roundsUsedUp } from './problem-actions.ts';
import { texts } from './texts.ts';

const EDITABLE = ['category', 'riskClass', 'clause', 'description', 'deadlineAt'] as const;
const DANGER: readonly ProblemVerb[] = ['dismiss', 'failRecheck'];

/** What the verb wants told with it. */
function askedBy(verb: ProblemVerb): Columns {
  const { id: _record, ...asked }: Columns = problemMutations[verb].args;
  return asked;
}

/** Buttons named by the verbs of the law; where there is none, why. */
export function ProblemActions({ problem }: { readonly problem: RowFor<'problems'> }) {
  const t = useTexts(texts);
  const word = useWord();
  const read = useValueText();
  const actor = useActor();
  const { save, saving, savedAt } = useSave();
  const [doing, setDoing] = useState<ProblemVerb | 'edit' | null>(null);
  const { verbs, none } = problemActions(problem, actor);
  const close = () => setDoing(null);
  const act = (verb: ProblemVerb, values: Values) => save(() => engine.mutate(`problems.${verb}`, { id: problem.id, ...values }));
  const start = (verb: ProblemVerb) => {
    if (Object.keys(askedBy(verb)).length === 0) void act(verb, {});
    else setDoing(verb);
  };
  const edit = async (values: Values) => {
    const changes = changesOf(problem, values);
    const saved = Object.keys(changes).length === 0 || (await save(() => mutate.problems.edit({ id: problem.id, changes })));
    if (saved) close();
    return saved;
  };
  const sign = <SavedSign saving={saving} savedAt={savedAt} />;
  if (none !== null) {
    return (
      <div className="actions">
        <span className="secondary">{t(none, { state: read(table.columns.state, problem.state) })}</span>
        {sign}
      </div>
    );
  }
  return (
    <div className="actions">
      {verbs.map((verb, index) => (
        <Button
          key={verb}
          type={index === 0 ? 'primary' : 'default'}
          danger={DANGER.includes(verb)}
          loading={saving}
          onClick={() => start(verb)}
        >
          {word(problemMutations[verb].label)}
        </Button>
      ))}
      <Button onClick={() => setDoing('edit')}>{t('edit')}</Button>
      {roundsUsedUp(problem) && <span className="secondary">{t('thirdRound', { rounds: MAX_ROUNDS })}</span>}
      {sign}
      {doing !== null && doing !== 'edit' && (
        <ReasonDialog
          title={word(problemMutations[doing].label)}
          danger={DANGER.includes(doing)}
          columns={askedBy(doing)}
          draftKey={`problem-${doing}/${problem.id}`}
          onSubmit={(values) => act(doing, values)}
          onClose={close}
        />
      )}
      {doing === 'edit' && (
        <Modal open width={720} title={t('edit')} footer={null} onCancel={close} destroyOnHidden>
          <FieldsForm
            draftKey={`problem-edit/${problem.id}`}
            columns={table.columns}
            fields={EDITABLE}
            initial={Object.fromEntries(EDITABLE.map((field) => [field, problem[field]]))}
            submitText={t('save')}
            onSubmit={edit}
            onCancel={close}
          />
        </Modal>
      )}
    </div>
  );
}
