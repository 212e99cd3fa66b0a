import { Link } from 'react-router';
import { mayEnforce } from '#shared/domain/permission.ts';
import { isOpenProblem, isOverdueProblem } from '#shared/domain/problem-state.ts';
import { problems as table } from '#shared/tables/problems.ts';
import { subjects } from '#shared/tables/subjects.ts';
import { Due } from '../../app/record/due.tsx';
import { useActor } from '../../app/record/me.ts';
import { useNamesOf } from '../../app/record/people.ts';
import { Photographs } from '../../app/record/photographs.tsx';
import { StateDot } from '../../app/record/state-dot.tsx';
import { PROBLEM_TONE } from '../../app/record/tones.ts';
import { useMarks } from '../../app/record/use-marks.ts';
import { useValueText } from '../../app/record/value-text.ts';
import type { RowFor } from '../../store/local-api.ts';
import { useLive } from '../../store/live.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { type Fact, FactsGrid } from '../../ui/facts-grid.tsx';
import { useTexts, useWord } from '../../ui/language.ts';
import { MarkDot } from '../../ui/mark-dot.tsx';
import { Section } from '../../ui/section.tsx';
import { useNow } from '../../ui/use-now.ts';
import { ProblemActions } from './problem-action-bar.tsx';
import { ProblemLife } from './problem-life.tsx';
import { texts } from './texts.ts';

/** One problem: where it stands, what may be done, what is known, what was seen. */
export function ProblemRecord({ id }: { readonly id: string }) {
  const t = useTexts(texts);
  const actor = useActor();
  const mark = useMarks('problems', [id]).get(id);
  const found = useLive(
    async (local) => {
      const problem = await local.get('problems', id);
      return problem ? { problem, subject: await local.get('subjects', problem.subjectId) } : null;
    },
    [id],
  );
  if (found === undefined) return null;
  if (found === null) {
    return (
      <EmptyState title={t('gone')} hint={t('goneHint')}>
        <Link to="/problems">{t('back')}</Link>
      </EmptyState>
    );
  }
  const { problem, subject } = found;
  return (
    <>
      <div className="record-title">
        <h1>{problem.category}</h1>
        <StateDot column={table.columns.state} tones={PROBLEM_TONE} state={problem.state} />
        {problem.round > 0 && <span className="secondary">{t('round', { round: problem.round })}</span>}
        <MarkDot mark={mark} to="/sync" />
      </div>
      <p>{subject && <Link to={`/subjects/${subject.id}/file`}>{subject.name}</Link>}</p>
      <ProblemActions problem={problem} />
      <Section title={t('life')}>
        <ProblemLife state={problem.state} />
      </Section>
      <Section title={t('facts')}>
        <ProblemFacts problem={problem} address={subject?.address} />
      </Section>
      <Section title={t('photos')}>
        <Photographs ownerTable="problems" ownerId={id} open={mayEnforce(actor) && isOpenProblem(problem)} />
      </Section>
    </>
  );
}

function ProblemFacts({ problem, address }: { readonly problem: RowFor<'problems'>; readonly address: string | undefined }) {
  const t = useTexts(texts);
  const word = useWord();
  const read = useValueText();
  const names = useNamesOf();
  const now = useNow();
  const { columns } = table;
  const plain = (field: 'riskClass' | 'source' | 'clause' | 'foundAt', wide = false): Fact => ({
    key: field,
    label: word(columns[field].label),
    value: read(columns[field], problem[field]),
    wide,
  });
  const said = (field: 'description' | 'rectification' | 'conclusion'): Fact => ({
    key: field,
    label: word(columns[field].label),
    value: <span className="said">{read(columns[field], problem[field])}</span>,
    wide: true,
  });
  const facts: Fact[] = [
    plain('riskClass'),
    {
      key: 'deadline',
      label: word(columns.deadlineAt.label),
      value: <Due at={problem.deadlineAt} open={isOpenProblem(problem)} overdue={isOverdueProblem(problem, now)} now={now} />,
    },
    plain('source'),
    plain('foundAt'),
    { key: 'foundBy', label: word(columns.foundBy.label), value: names([problem.foundBy]) },
    ...(problem.inspectionId === null
      ? []
      : [
          {
            key: 'inspection',
            label: word(columns.inspectionId.label),
            value: <Link to={`/inspections/${problem.inspectionId}`}>{t('inspection')}</Link>,
          },
        ]),
    { key: 'address', label: word(subjects.columns.address.label), value: address ?? '—', wide: true },
    plain('clause', true),
    said('description'),
    said('rectification'),
    said('conclusion'),
  ];
  return <FactsGrid facts={facts} />;
}
