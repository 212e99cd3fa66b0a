import { Segmented } from 'antd';
import { useMemo } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { isOpenTask, isOverdueTask, TASK_STATES, type TaskState } from '#shared/domain/task-state.ts';
import { subjects } from '#shared/tables/subjects.ts';
import { tasks as table } from '#shared/tables/tasks.ts';
import { CutNotice } from '../../app/record/cut-notice.tsx';
import { Due, SOON_DAYS } from '../../app/record/due.tsx';
import { useMe } from '../../app/record/me.ts';
import { useNamesOf } from '../../app/record/people.ts';
import { StateDot } from '../../app/record/state-dot.tsx';
import { useSubjectNames } from '../../app/record/subjects-of.ts';
import { TASK_TONE } from '../../app/record/tones.ts';
import { useChosenStates } from '../../app/record/use-chosen-states.ts';
import { useMarks } from '../../app/record/use-marks.ts';
import { useValueText } from '../../app/record/value-text.ts';
import type { RowFor } from '../../store/local-api.ts';
import { DataTable, type TableColumn } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { type Filter, FilterChips } from '../../ui/filter-chips.tsx';
import { useTexts, useWord } from '../../ui/language.ts';
import { ListPage } from '../../ui/list-page.tsx';
import { useListQuery } from '../../ui/list-query.ts';
import { MarkedText } from '../../ui/marked-text.tsx';
import { useNow } from '../../ui/use-now.ts';
import { filterTasks } from './task-filter.ts';
import { TaskPanel } from './task-panel.tsx';
import { texts } from './texts.ts';

const FILTERS = ['state', 'time', 'kind', 'whose'] as const;
const OPEN = (Object.keys(TASK_STATES) as TaskState[]).filter((state) => isOpenTask({ state }));

/** Mine or everybody's, open ones unless asked otherwise. */
export function TasksPage() {
  const t = useTexts(texts);
  const word = useWord();
  const read = useValueText();
  const me = useMe();
  const now = useNow();
  const { id } = useParams();
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const [query, change] = useListQuery(FILTERS);
  const everybody = query.chosen['whose']?.includes('all') ?? false;
  const states = query.chosen['state']?.length ? query.chosen['state'] : OPEN;
  const found = useChosenStates('tasks', states);
  const nameOf = useSubjectNames(useMemo(() => found?.rows.map((row) => row.subjectId) ?? [], [found]));
  const names = useNamesOf();
  const rows = filterTasks(found?.rows ?? [], {
    search: query.search,
    chosen: query.chosen,
    officerId: everybody ? null : me.officerId,
    nameOf,
    now,
    soonDays: SOON_DAYS,
  });
  const marks = useMarks(
    'tasks',
    rows.map((row) => row.id),
  );

  const { columns: defined } = table;
  const choices = (words: Readonly<Record<string, readonly [string, string]>> = {}) =>
    Object.entries(words).map(([code, pair]) => ({ code, label: word(pair) }));
  const filters: Filter[] = [
    { column: 'state', label: word(defined.state.label), choices: choices(defined.state.words) },
    {
      column: 'time',
      label: t('time'),
      choices: [
        { code: 'overdue', label: t('overdue') },
        { code: 'soon', label: t('soon', { days: SOON_DAYS }) },
      ],
    },
    { column: 'kind', label: word(defined.kind.label), choices: choices(defined.kind.words) },
  ];
  const columns: TableColumn<RowFor<'tasks'>>[] = [
    {
      key: 'title',
      title: word(defined.title.label),
      width: 300,
      render: (row) => <MarkedText mark={marks.get(row.id)} to="/sync" text={row.title} />,
    },
    { key: 'kind', title: word(defined.kind.label), width: 120, render: (row) => read(defined.kind, row.kind) },
    {
      key: 'state',
      title: word(defined.state.label),
      width: 100,
      render: (row) => <StateDot column={defined.state} tones={TASK_TONE} state={row.state} />,
    },
    {
      key: 'dueAt',
      title: word(defined.dueAt.label),
      width: 208,
      render: (row) => <Due at={row.dueAt} open={isOpenTask(row)} overdue={isOverdueTask(row, now)} now={now} />,
    },
    { key: 'subjectId', title: word(subjects.label), width: 260, render: (row) => nameOf(row.subjectId) },
    { key: 'assignees', title: word(defined.assigneeIds.label), width: 160, render: (row) => names(row.assigneeIds) },
  ];

  const show = (target: string | undefined) =>
    void navigate(
      { pathname: target === undefined ? '/tasks' : `/tasks/${target}`, search: params.toString() },
      { replace: id !== undefined },
    );
  const plain = !everybody && query.search === '' && FILTERS.every((column) => !query.chosen[column]?.length);

  return (
    <ListPage
      title={t('title')}
      count={found && rows.length}
      search={{ value: query.search, hint: t('search'), onChange: (search) => change({ search }) }}
      actions={
        <Segmented
          aria-label={t('whose')}
          value={everybody ? 'all' : 'mine'}
          options={[
            { value: 'mine', label: t('mine') },
            { value: 'all', label: t('all') },
          ]}
          onChange={(whose) => change({ chosen: { ...query.chosen, whose: whose === 'all' ? ['all'] : [] } })}
        />
      }
      filters={
        <FilterChips
          filters={filters}
          chosen={query.chosen}
          onChange={(chosen) => change({ chosen: { whose: query.chosen['whose'] ?? [], ...chosen } })}
        />
      }
      notice={<CutNotice cut={found?.cut ?? false} />}
      panel={id !== undefined && <TaskPanel key={id} id={id} onClose={() => show(undefined)} />}
    >
      <DataTable
        label={t('title')}
        columns={columns}
        total={rows.length}
        rowAt={(index) => rows[index]}
        keyOf={(row) => row.id}
        chosen={id}
        onOpen={(row) => show(row.id)}
        onClose={() => show(undefined)}
        empty={found && <EmptyState title={t(plain ? 'noneMine' : 'none')} hint={t(plain ? 'noneMineHint' : 'noneHint')} />}
      />
    </ListPage>
  );
}
