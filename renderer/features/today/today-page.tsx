import { Link } from 'react-router';
import { isOverdueProblem } from '#shared/domain/problem-state.ts';
import { isOverdueTask } from '#shared/domain/task-state.ts';
import { problems as problemTable } from '#shared/tables/problems.ts';
import { tasks as taskTable } from '#shared/tables/tasks.ts';
import { Due, SOON_DAYS } from '../../app/record/due.tsx';
import { useHeldCount } from '../../app/record/held-work.ts';
import { useMe } from '../../app/record/me.ts';
import { useNamesOf } from '../../app/record/people.ts';
import { StateDot } from '../../app/record/state-dot.tsx';
import { useSubjectNames } from '../../app/record/subjects-of.ts';
import { PROBLEM_TONE, TASK_TONE } from '../../app/record/tones.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useTexts } from '../../ui/language.ts';
import { endOfDay, momentOf } from '../../ui/moments.ts';
import { Section } from '../../ui/section.tsx';
import type { Tone } from '../../ui/status-dot.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { TimeLine } from '../../ui/time-line.tsx';
import { useNow } from '../../ui/use-now.ts';
import { texts } from './texts.ts';
import { type Today, useToday } from './use-today.ts';
import './today.css';

const MOST = 12;

/** The first page of the day: what is due, what is open, what happened meanwhile. */
export function TodayPage() {
  const t = useTexts(texts);
  const me = useMe();
  const now = useNow();
  const today = useToday(me.officerId, me.lastHereAt);
  const since = me.lastHereAt === null ? t('firstTime') : t('lastHere', { at: momentOf(me.lastHereAt, now) });
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t('title')}</h1>
        <span className="secondary">{since}</span>
      </header>
      {today && (
        <>
          <Counts today={today} now={now} />
          <div className="today-columns">
            <div>
              {today.visits.length > 0 && <Visits visits={today.visits} now={now} />}
              <MyTasks tasks={today.tasks} now={now} />
              <MyProblems problems={today.problems} now={now} />
            </div>
            <NewsList news={today.news} since={me.lastHereAt} now={now} />
          </div>
        </>
      )}
    </div>
  );
}

function Counts({ today, now }: { readonly today: Today; readonly now: number }) {
  const t = useTexts(texts);
  const held = useHeldCount();
  const late = today.tasks.filter((task) => isOverdueTask(task, now)).length;
  const soon = today.tasks.filter((task) => !isOverdueTask(task, now) && task.dueAt <= endOfDay(now, SOON_DAYS)).length;
  const counts: readonly (readonly [label: string, count: number, to: string, tone: Tone])[] = [
    [t('overdue'), late, '/tasks?time=overdue', 'bad'],
    [t('soon', { days: SOON_DAYS }), soon, '/tasks?time=soon', 'soon'],
    [t('open'), today.tasks.length, '/tasks', 'active'],
    [t('problems'), today.problems.length, '/problems?whose=mine', 'active'],
    ...(held > 0 ? [[t('held'), held, '/sync?tab=held', 'soon'] as const] : []),
  ];
  return (
    <ul className="counts">
      {counts.map(([label, count, to, tone]) => (
        <li key={label}>
          <Link to={to}>
            <span className="counts-number">{count}</span>
            <StatusDot tone={count === 0 ? 'rest' : tone}>{label}</StatusDot>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Visits({ visits, now }: { readonly visits: Today['visits']; readonly now: number }) {
  const t = useTexts(texts);
  const nameOf = useSubjectNames(visits.map((visit) => visit.subjectId));
  return (
    <Section title={t('visits')}>
      <ul className="lines">
        {visits.map((visit) => (
          <li key={visit.id}>
            <Link to={`/inspections/${visit.id}`}>{t('goOn', { name: nameOf(visit.subjectId) })}</Link>
            <span className="secondary">{momentOf(visit.startedAt, now)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function MyTasks({ tasks, now }: { readonly tasks: Today['tasks']; readonly now: number }) {
  const t = useTexts(texts);
  const shown = tasks.slice(0, MOST);
  const nameOf = useSubjectNames(shown.map((task) => task.subjectId));
  return (
    <Section title={t('myTasks')} extra={<Link to="/tasks">{t('allTasks')}</Link>}>
      {tasks.length === 0 && <EmptyState title={t('noTasks')} hint={t('noTasksHint')} />}
      <ul className="lines">
        {shown.map((task) => (
          <li key={task.id}>
            <span className="line-title">
              <Link to={`/tasks/${task.id}`}>{task.title}</Link>
              {!task.title.includes(nameOf(task.subjectId)) && <span className="secondary">{nameOf(task.subjectId)}</span>}
            </span>
            <StateDot column={taskTable.columns.state} tones={TASK_TONE} state={task.state} />
            <Due at={task.dueAt} open overdue={isOverdueTask(task, now)} now={now} />
          </li>
        ))}
      </ul>
      {tasks.length > MOST && <Link to="/tasks">{t('more', { count: tasks.length - MOST })}</Link>}
    </Section>
  );
}

function MyProblems({ problems, now }: { readonly problems: Today['problems']; readonly now: number }) {
  const t = useTexts(texts);
  const shown = problems.slice(0, MOST);
  const nameOf = useSubjectNames(shown.map((problem) => problem.subjectId));
  return (
    <Section title={t('myProblems')} extra={<Link to="/problems">{t('allProblems')}</Link>}>
      {problems.length === 0 && <EmptyState title={t('noProblems')} hint={t('noProblemsHint')} />}
      <ul className="lines">
        {shown.map((problem) => (
          <li key={problem.id}>
            <span className="line-title">
              <Link to={`/problems/${problem.id}`}>{problem.category}</Link>
              <span className="secondary">{nameOf(problem.subjectId)}</span>
            </span>
            <StateDot column={problemTable.columns.state} tones={PROBLEM_TONE} state={problem.state} />
            <Due at={problem.deadlineAt} open overdue={isOverdueProblem(problem, now)} now={now} />
          </li>
        ))}
      </ul>
      {problems.length > MOST && <Link to="/problems?whose=mine">{t('more', { count: problems.length - MOST })}</Link>}
    </Section>
  );
}

interface NewsProps {
  readonly news: Today['news'];
  readonly since: number | null;
  readonly now: number;
}

function NewsList({ news, since, now }: NewsProps) {
  const t = useTexts(texts);
  const names = useNamesOf();
  const shown = news.slice(0, 3 * MOST);
  const nameOf = useSubjectNames(shown.map((one) => (one.kind === 'task' ? one.task.subjectId : one.problem.subjectId)));
  return (
    <Section title={t('news')}>
      {since === null && <p className="secondary">{t('newsFirst')}</p>}
      {since !== null && news.length === 0 && (
        <EmptyState title={t('noNews')} hint={t('noNewsHint', { at: momentOf(since, now) })} />
      )}
      <TimeLine
        label={t('news')}
        entries={shown.map((one) =>
          one.kind === 'task'
            ? {
                key: one.task.id,
                when: momentOf(one.at, now),
                title: <Link to={`/tasks/${one.task.id}`}>{t('newTask', { title: one.task.title })}</Link>,
                detail: nameOf(one.task.subjectId),
                tone: 'active',
              }
            : {
                key: one.problem.id,
                when: momentOf(one.at, now),
                title: (
                  <Link to={`/problems/${one.problem.id}`}>
                    {t('newProblem', { who: names([one.problem.foundBy]), category: one.problem.category })}
                  </Link>
                ),
                detail: nameOf(one.problem.subjectId),
                tone: 'soon',
              },
        )}
      />
      {news.length > shown.length && <p className="secondary">{t('more', { count: news.length - shown.length })}</p>}
    </Section>
  );
}
