import { Button } from 'antd';
import { useState } from 'react';
import { mayEnforce, mayReport } from '#shared/domain/permission.ts';
import { BeginButton } from '../../app/record/begin-button.tsx';
import { BeginInspection } from '../../app/record/begin-inspection.tsx';
import { FileProblem } from '../../app/record/file-problem.tsx';
import { useActor } from '../../app/record/me.ts';
import { SavedSign } from '../../app/record/saved-sign.tsx';
import { useSave } from '../../app/record/use-save.tsx';
import type { RowFor } from '../../store/local-api.ts';
import { useTexts } from '../../ui/language.ts';
import { EditSubject } from './edit-subject.tsx';
import { texts } from './texts.ts';

/** What this person can do about a subject from here. */
export function SubjectActions({ subject }: { readonly subject: RowFor<'subjects'> }) {
  const t = useTexts(texts);
  const actor = useActor();
  const { save, saving, savedAt } = useSave();
  const [doing, setDoing] = useState<'begin' | 'problem' | 'edit' | null>(null);
  const enforcing = mayEnforce(actor);
  const close = () => setDoing(null);
  return (
    <div className="actions">
      {enforcing && (
        <BeginButton type="primary" onClick={() => setDoing('begin')}>
          {t('begin')}
        </BeginButton>
      )}
      {mayReport(actor) && <BeginButton onClick={() => setDoing('problem')}>{t('fileProblem')}</BeginButton>}
      {enforcing && <Button onClick={() => setDoing('edit')}>{t('edit')}</Button>}
      <SavedSign saving={saving} savedAt={savedAt} />
      {doing === 'begin' && <BeginInspection subject={subject} task={null} onClose={close} />}
      {doing === 'problem' && (
        <FileProblem
          subjectId={subject.id}
          subjectName={subject.name}
          inspectionId={null}
          prefilled={{}}
          draftName={`subject/${subject.id}`}
          onClose={close}
        />
      )}
      {doing === 'edit' && <EditSubject subject={subject} save={save} onClose={close} />}
    </div>
  );
}
