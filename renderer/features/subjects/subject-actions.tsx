import { Button } from 'antd';
import { useState } from 'react';
import { mayEnforce } from '#shared/domain/permission.ts';
import { BeginInspection } from '../../app/record/begin-inspection.tsx';
import { FileProblem } from '../../app/record/file-problem.tsx';
import { useActor } from '../../app/record/me.ts';
import type { RowFor } from '../../store/local-api.ts';
import { useTexts } from '../../ui/language.ts';
import { EditSubject } from './edit-subject.tsx';
import { texts } from './texts.ts';

/** What an officer can do about a subject from here. */
export function SubjectActions({ subject }: { readonly subject: RowFor<'subjects'> }) {
  const t = useTexts(texts);
  const actor = useActor();
  const [doing, setDoing] = useState<'begin' | 'problem' | 'edit' | null>(null);
  if (!mayEnforce(actor)) return null;
  const close = () => setDoing(null);
  return (
    <div className="actions">
      <Button type="primary" onClick={() => setDoing('begin')}>
        {t('begin')}
      </Button>
      <Button onClick={() => setDoing('problem')}>{t('fileProblem')}</Button>
      <Button onClick={() => setDoing('edit')}>{t('edit')}</Button>
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
      {doing === 'edit' && <EditSubject subject={subject} onClose={close} />}
    </div>
  );
}
