import { Modal } from 'antd';
import { subjects } from '#shared/tables/subjects.ts';
import { changesOf } from '../../app/record/editing.ts';
import { FieldsForm, type Values } from '../../app/record/fields-form.tsx';
import type { Save } from '../../app/record/use-save.tsx';
import type { RowFor } from '../../store/local-api.ts';
import { useLive } from '../../store/live.ts';
import { mutate } from '../../sync/client.ts';
import { useTexts } from '../../ui/language.ts';
import { EDITABLE } from './fields.ts';
import { texts } from './texts.ts';

interface Props {
  readonly subject: RowFor<'subjects'>;
  readonly save: Save['save'];
  readonly onClose: () => void;
}

/** Sends only the fields that were changed, each with what it was: two officers editing different fields both win. */
export function EditSubject({ subject, save, onClose }: Props) {
  const t = useTexts(texts);
  const cells = useLive(
    async (local) => (await local.all('gridCells')).map((cell) => ({ value: cell.id, label: cell.name })),
    [],
  );
  const submit = async (values: Values) => {
    const changes = changesOf(subject, values);
    const saved = Object.keys(changes).length === 0 || (await save(() => mutate.subjects.edit({ id: subject.id, changes })));
    if (saved) onClose();
    return saved;
  };
  return (
    <Modal open width={720} title={t('editTitle', { name: subject.name })} footer={null} onCancel={onClose} destroyOnHidden>
      <FieldsForm
        draftKey={`subject/${subject.id}`}
        columns={subjects.columns}
        fields={EDITABLE}
        initial={Object.fromEntries(EDITABLE.map((field) => [field, subject[field]]))}
        choices={{ gridId: cells ?? [] }}
        submitText={t('save')}
        onSubmit={submit}
        onCancel={onClose}
      />
    </Modal>
  );
}
