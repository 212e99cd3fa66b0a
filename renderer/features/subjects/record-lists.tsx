import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { isOpenProblem, isOverdueProblem } from '#shared/domain/problem-state.ts';
import { isOpenTask, isOverdueTask } from '#shared/domain/task-state.ts';
import { inspections as inspectionTable } from '#shared/tables/inspections.ts';
import { problems as problemTable } from '#shared/tables/problems.ts';
import { tasks as taskTable } from '#shared/tables/tasks.ts';
import { Due } from '../../app/record/due.tsx';
import { useNamesOf } from '../../app/record/people.ts';
import { StateDot } from '../../app/record/state-dot.tsx';
import { INSPECTION_TONE, PROBLEM_TONE, TASK_TONE, VERDICT_TONE } from '../../app/record/tones.ts';
import { useValueText } from '../../app/record/value-text.ts';
import type { RowFor } from '../../store/local-api.ts';
import { useTexts } from '../../ui/language.ts';
import { dayOf } from '../../ui/moments.ts';
import { useNow } from '../../ui/use-now.ts';
import { texts } from './texts.ts';

const Lines = ({ children }: { readonly children: ReactNode }) => <ul className="lines">{children}</ul>;
const Nothing = ({ text }: { readonly text: string }) => <p className="secondary">{text}</p>;

export function TaskList({ tasks }: { readonly tasks: readonly RowFor<'tasks'>[] }) {
  const t = useTexts(texts);
  const now = useNow();
  if (tasks.length === 0) return <Nothing text={t('noTasks')} />;
  return (
    <Lines>
      {tasks
        .toSorted((a, b) => b.dueAt - a.dueAt)
        .map((one) => (
          <li key={one.id}>
            <Link to={`/tasks/${one.id}`}>{one.title}</Link>
            <StateDot column={taskTable.columns.state} tones={TASK_TONE} state={one.state} />
            <Due at={one.dueAt} open={isOpenTask(one)} overdue={isOverdueTask(one, now)} now={now} />
          </li>
        ))}
    </Lines>
  );
}

export function InspectionList({ inspections }: { readonly inspections: readonly RowFor<'inspections'>[] }) {
  const t = useTexts(texts);
  const names = useNamesOf();
  if (inspections.length === 0) return <Nothing text={t('noInspections')} />;
  const { columns } = inspectionTable;
  return (
    <Lines>
      {inspections.map((one) => (
        <li key={one.id}>
          <Link to={`/inspections/${one.id}`}>
            {dayOf(one.startedAt)} {names(one.officerIds)}
          </Link>
          {one.verdict === null ? (
            <StateDot column={columns.state} tones={INSPECTION_TONE} state={one.state} />
          ) : (
            <StateDot column={columns.verdict} tones={VERDICT_TONE} state={one.verdict} />
          )}
        </li>
      ))}
    </Lines>
  );
}

export function ProblemList({ problems }: { readonly problems: readonly RowFor<'problems'>[] }) {
  const t = useTexts(texts);
  const read = useValueText();
  const now = useNow();
  if (problems.length === 0) return <Nothing text={t('noProblems')} />;
  const { columns } = problemTable;
  return (
    <Lines>
      {problems
        .toSorted((a, b) => b.foundAt - a.foundAt)
        .map((one) => (
          <li key={one.id}>
            <Link to={`/problems/${one.id}`}>
              {dayOf(one.foundAt)} {one.category}
            </Link>
            <span className="secondary">{read(columns.riskClass, one.riskClass)}</span>
            <StateDot column={columns.state} tones={PROBLEM_TONE} state={one.state} />
            {isOpenProblem(one) && <Due at={one.deadlineAt} open overdue={isOverdueProblem(one, now)} now={now} />}
          </li>
        ))}
    </Lines>
  );
}
