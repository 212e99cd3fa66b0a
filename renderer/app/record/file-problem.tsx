import { Modal } from 'antd';
import { problemMutations, problems } from '#shared/tables/problems.ts';
import { mutate, newId } from '../../sync/client.ts';
import { useTexts, useWord } from '../../ui/language.ts';
import { DeadlinePresets } from './deadline-presets.tsx';
import { FieldsForm, type Values } from './fields-form.tsx';
import type { RowFor } from '../../store/local-api.ts';
import { texts } from './texts.ts';
import { useSave } from './use-save.tsx';

type Filed = Parameters<typeof mutate.problems.file>[0];

interface Props {
  readonly subjectId: string;
  readonly subjectName: string;
  readonly inspectionId: string | null;
  /** What is already known, such as the failed item. */
  readonly prefilled: Partial<Pick<RowFor<'problems'>, 'category' | 'clause' | 'description'>>;
  /** Tells this filing from another one that is half written. */
  readonly draftName: string;
  readonly onClose: () => void;
}

const FIELDS = ['source', 'riskClass', 'category', 'clause', 'description', 'deadlineAt'] as const;

export function FileProblem({ subjectId, subjectName, inspectionId, prefilled, draftName, onClose }: Props) {
  const t = useTexts(texts);
  const word = useWord();
  const { save } = useSave();
  const initial: Values = {
    source: 'site',
    riskClass: '2',
    category: '',
    clause: '',
    description: '',
    deadlineAt: null,
    ...prefilled,
  };
  const file = (values: Values) =>
    save(async () => {
      // The form has checked each value against its column; the engine checks them again.
      await mutate.problems.file({ id: newId(), subjectId, inspectionId, ...values } as Filed);
      onClose();
    });
  return (
    <Modal open width={720} title={t('problemOf', { name: subjectName })} footer={null} onCancel={onClose} destroyOnHidden>
      <FieldsForm
        draftKey={`problem/${draftName}`}
        columns={problems.columns}
        fields={FIELDS}
        initial={initial}
        submitText={word(problemMutations.file.label)}
        onSubmit={file}
        onCancel={onClose}
      >
        {(_values, change) => <DeadlinePresets onChoose={(deadlineAt) => change({ deadlineAt })} />}
      </FieldsForm>
    </Modal>
  );
}
