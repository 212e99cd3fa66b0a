import { Modal } from 'antd';
import type { Columns } from '#shared/schema/column.ts';
import { DeadlinePresets } from './deadline-presets.tsx';
import { FieldsForm, type Values } from './fields-form.tsx';

interface Props {
  readonly title: string;
  /** What the action asks for, apart from the record it is about. */
  readonly columns: Columns;
  readonly danger?: boolean;
  readonly draftKey: string;
  readonly onSubmit: (values: Values) => Promise<boolean>;
  readonly onClose: () => void;
}

/** What an action of the law wants told with it: a reason, a conclusion, a deadline. */
export function ReasonDialog({ title, columns, danger = false, draftKey, onSubmit, onClose }: Props) {
  const fields = Object.keys(columns);
  const initial = Object.fromEntries(fields.map((field) => [field, columns[field]?.shape === 'text' ? '' : null]));
  return (
    <Modal open width={640} title={title} footer={null} onCancel={onClose} destroyOnHidden>
      <FieldsForm
        draftKey={draftKey}
        columns={columns}
        fields={fields}
        initial={initial}
        submitText={title}
        submitDanger={danger}
        onCancel={onClose}
        onSubmit={async (values) => {
          const saved = await onSubmit(values);
          if (saved) onClose();
          return saved;
        }}
      >
        {(_values, change) =>
          fields.includes('deadlineAt') && <DeadlinePresets onChoose={(deadlineAt) => change({ deadlineAt })} />
        }
      </FieldsForm>
    </Modal>
  );
}
