import { Link } from 'react-router';
import { subjects } from '#shared/tables/subjects.ts';
import { StateDot } from '../../app/record/state-dot.tsx';
import { SUBJECT_TONE } from '../../app/record/tones.ts';
import { useMarks } from '../../app/record/use-marks.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useTexts } from '../../ui/language.ts';
import { MarkDot } from '../../ui/mark-dot.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { Section } from '../../ui/section.tsx';
import { DecisiveFacts } from './decisive-facts.tsx';
import { LicenceList } from './licence-list.tsx';
import { ProblemList } from './record-lists.tsx';
import { SubjectActions } from './subject-actions.tsx';
import { SubjectFacts } from './subject-facts.tsx';
import { texts } from './texts.ts';
import { useDossier } from './use-dossier.ts';

interface Props {
  readonly id: string;
  readonly onClose: () => void;
}

/** The short form of the file, beside the list. */
export function SubjectPanel({ id, onClose }: Props) {
  const t = useTexts(texts);
  const dossier = useDossier(id);
  const mark = useMarks('subjects', [id]).get(id);
  const name = dossier?.subject.name ?? '';
  return (
    <SidePanel
      label={t('fileOf', { name })}
      title={name}
      onClose={onClose}
      actions={dossier && <Link to={`/subjects/${id}/file`}>{t('file')}</Link>}
    >
      {dossier === null && <EmptyState title={t('gone')} hint={t('goneHint')} />}
      {dossier && (
        <>
          <p className="record-state">
            <StateDot column={subjects.columns.state} tones={SUBJECT_TONE} state={dossier.subject.state} />
            <MarkDot mark={mark} to="/sync" />
          </p>
          <DecisiveFacts dossier={dossier} />
          <SubjectActions subject={dossier.subject} />
          <Section title={t('facts')}>
            <SubjectFacts subject={dossier.subject} />
          </Section>
          <Section title={t('licences')}>
            <LicenceList licences={dossier.licences} />
          </Section>
          <Section title={t('problems')}>
            <ProblemList problems={dossier.problems} />
          </Section>
        </>
      )}
    </SidePanel>
  );
}
