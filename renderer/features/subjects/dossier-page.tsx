import { Tag } from 'antd';
import { Link, useParams } from 'react-router';
import { subjects } from '#shared/tables/subjects.ts';
import { mayEnforce } from '#shared/domain/permission.ts';
import { useActor } from '../../app/record/me.ts';
import { Photographs } from '../../app/record/photographs.tsx';
import { StateDot } from '../../app/record/state-dot.tsx';
import { SUBJECT_TONE } from '../../app/record/tones.ts';
import { useMarks } from '../../app/record/use-marks.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useTexts, useWord } from '../../ui/language.ts';
import { MarkDot } from '../../ui/mark-dot.tsx';
import { Section } from '../../ui/section.tsx';
import { ChannelList } from './channel-list.tsx';
import { DecisiveFacts } from './decisive-facts.tsx';
import { LicenceList } from './licence-list.tsx';
import { InspectionList, ProblemList, TaskList } from './record-lists.tsx';
import { SubjectActions } from './subject-actions.tsx';
import { SubjectFacts } from './subject-facts.tsx';
import { SubjectTimeLine } from './subject-time-line.tsx';
import { texts } from './texts.ts';
import { useDossier } from './use-dossier.ts';

/** 一户一档: everything about one subject on one page. */
export function DossierPage() {
  const { id = '' } = useParams();
  return <Dossier key={id} id={id} />;
}

function Dossier({ id }: { readonly id: string }) {
  const t = useTexts(texts);
  const word = useWord();
  const actor = useActor();
  const dossier = useDossier(id);
  const mark = useMarks('subjects', [id]).get(id);
  if (dossier === undefined) return null;
  if (dossier === null) {
    return (
      <EmptyState title={t('gone')} hint={t('goneHint')}>
        <Link to="/subjects">{t('back')}</Link>
      </EmptyState>
    );
  }
  const { subject, channels } = dossier;
  const online = channels.filter((one) => one.state === 'online').length;
  return (
    <article className="page record">
      <header className="record-head">
        <Link to={`/subjects/${id}`} className="secondary">
          ← {t('title')}
        </Link>
        <div className="record-title">
          <h1>{subject.name}</h1>
          <StateDot column={subjects.columns.state} tones={SUBJECT_TONE} state={subject.state} />
          {subject.demo && <Tag title={t('demoHint')}>{word(subjects.columns.demo.label)}</Tag>}
          <MarkDot mark={mark} to="/sync" />
          <span className="grow" />
          <SubjectActions subject={subject} />
        </div>
        <DecisiveFacts dossier={dossier} />
      </header>
      <div className="record-columns">
        <div>
          <Section title={t('facts')}>
            <SubjectFacts subject={subject} />
          </Section>
          <Section title={t('licences')}>
            <LicenceList licences={dossier.licences} />
          </Section>
          <Section title={t('problems')}>
            <ProblemList problems={dossier.problems} />
          </Section>
          <Section title={t('inspections')}>
            <InspectionList inspections={dossier.inspections} />
          </Section>
          <Section title={t('tasks')}>
            <TaskList tasks={dossier.tasks} />
          </Section>
          <Section
            title={t('channels')}
            extra={
              channels.length > 0 && <span className="secondary">{t('channelsOnline', { online, total: channels.length })}</span>
            }
          >
            <ChannelList channels={channels} />
          </Section>
          <Section title={t('photos')}>
            <Photographs ownerTable="subjects" ownerId={id} open={mayEnforce(actor)} />
          </Section>
        </div>
        <Section title={t('timeLine')}>
          <SubjectTimeLine dossier={dossier} />
        </Section>
      </div>
    </article>
  );
}
