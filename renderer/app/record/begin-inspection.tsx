import { Alert, Modal, Select } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { checklistFor } from '#shared/domain/checklist-for.ts';
import { mayEnforce } from '#shared/domain/permission.ts';
import { checklistTemplates } from '#shared/tables/checklist-templates.ts';
import { inspections } from '#shared/tables/inspections.ts';
import { useLive } from '../../store/live.ts';
import { mutate, newId } from '../../sync/client.ts';
import { useTexts, useWord } from '../../ui/language.ts';
import { dayOf } from '../../ui/moments.ts';
import { useNow } from '../../ui/use-now.ts';
import { useMe } from './me.ts';
import { useOfficers } from './people.ts';
import type { SubjectRow } from './subjects-of.ts';
import { texts } from './texts.ts';
import { useSave } from './use-save.tsx';

interface Props {
  readonly subject: SubjectRow;
  /** The task this visit fulfils, with the checklist it names. */
  readonly task: { readonly id: string; readonly templateId: string | null; readonly assigneeIds: readonly string[] } | null;
  readonly onClose: () => void;
}

/** Who goes together, and on which checklist; then the visit begins. */
export function BeginInspection({ subject, task, onClose }: Props) {
  const t = useTexts(texts);
  const word = useWord();
  const me = useMe();
  const navigate = useNavigate();
  const officers = useOfficers();
  const templates = useLive((local) => local.all('checklistTemplates'), []);
  const { save, saving } = useSave();
  const [partners, setPartners] = useState(task?.assigneeIds.filter((id) => id !== me.officerId) ?? []);
  const [chosen, setChosen] = useState<string | undefined>(undefined);

  const now = useNow();

  const station = officers?.get(me.officerId)?.orgUnitId;
  const colleagues = [...(officers?.values() ?? [])]
    .filter((one) => one.id !== me.officerId && one.state === 'active' && mayEnforce({ ...one, streams: [] }))
    .toSorted((a, b) => Number(b.orgUnitId === station) - Number(a.orgUnitId === station));
  const proposed = task?.templateId ?? checklistFor(subject.kind, templates ?? [], dayOf(now))?.id;
  const templateId = chosen ?? proposed;

  const begin = async () => {
    if (templateId === undefined || partners.length === 0) return;
    const id = newId();
    const begun = await save(() =>
      mutate.inspections.begin({
        id,
        subjectId: subject.id,
        taskId: task?.id ?? null,
        templateId,
        officerIds: [me.officerId, ...partners],
      }),
    );
    if (begun) await navigate(`/inspections/${id}`);
  };

  return (
    <Modal
      open
      title={t('beginOf', { name: subject.name })}
      okText={t('begin')}
      okButtonProps={{ disabled: templateId === undefined || partners.length === 0, loading: saving }}
      cancelText={t('cancel')}
      onOk={() => void begin()}
      onCancel={onClose}
    >
      <div className="fields-form">
        <fieldset>
          <div className="field">
            <label htmlFor="partners">{t('partners')}</label>
            <div>
              <Select
                id="partners"
                mode="multiple"
                value={[...partners]}
                placeholder={t('partnersHint')}
                showSearch={{ optionFilterProp: 'label' }}
                options={colleagues.map((one) => ({ value: one.id, label: one.certNo ? `${one.name} ${one.certNo}` : one.name }))}
                onChange={(ids: string[]) => setPartners(ids)}
              />
              <div className="secondary">{t('twoOfficers')}</div>
            </div>
          </div>
          <div className="field">
            <label htmlFor="checklist">{word(inspections.columns.templateId.label)}</label>
            <Select
              id="checklist"
              value={templateId}
              options={(templates ?? []).map((one) => ({
                value: one.id,
                label: `${one.title}（${one.code} ${t('version', { version: one.version })}）`,
              }))}
              onChange={setChosen}
            />
          </div>
        </fieldset>
        {templates?.length === 0 && (
          <Alert type="warning" showIcon title={t('noChecklist', { label: word(checklistTemplates.label) })} />
        )}
      </div>
    </Modal>
  );
}
