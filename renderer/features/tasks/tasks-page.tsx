import { isOpenTask, isOverdueTask, TASK_STATES, type TaskState } from '#shared/domain/task-state.ts';
import { subjects } from '#shared/tables/subjects.ts';
import { tasks as table } from '#shared/tables/tasks.ts';
import { CutNotice } from '../../app/record/cut-notice.tsx';
import { Due, SOON_DAYS } from '../../app/record/due.tsx';
import { useMe } from '../../app/record/me.ts';
import { useNamesOf } from '../../app/record/people.ts';
import { StateDot } from '../../app/record/state-dot.tsx';
import { TASK_TONE } from '../../app/record/tones.ts';
import { useStateList } from '../../app/record/use-state-list.ts';
import { useMarks } from '../../app/record/use-marks.ts';
import { useValueText } from '../../app/record/value-text.ts';
import { asksEverybody, WhoseSwitch } from '../../app/record/whose-switch.tsx';
import { useWordFilter } from '../../app/record/word-filter.ts';
import type { RowFor } from '../../store/local-api.ts';
import type { TableColumn } from '../../ui/data-table.tsx';
import type { Filter } from '../../ui/filter-chips.tsx';
import { useTexts, useWord } from '../../ui/language.ts';
import { asksNothing } from '../../ui/list-query.ts';
import { MarkedText } from '../../ui/marked-text.tsx';
import { RecordList, listed } from '../../ui/record-list.tsx';
import { useOpened } from '../../ui/use-opened.ts';
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
  const wordFilter = useWordFilter();
  const { id, show } = useOpened('/tasks');
  const { query, change, found, nameOf } = useStateList('tasks', FILTERS, OPEN);
  const names = useNamesOf();
  const rows = filterTasks(found?.rows ?? [], {
    search: query.search,
    chosen: query.chosen,
    officerId: asksEverybody(query) ? null : me.officerId,
    nameOf,
    now,
    soonDays: SOON_DAYS,
  });
  const marks = useMarks(
    'tasks',
    rows.map((row) => row.id),
  );

  const { columns: defined } = table;
  const filters: Filter[] = [
    wordFilter('state', defined.state),
    {
      column: 'time',
      label: t('time'),
      choices: [
        { code: 'overdue', label: t('overdue') },
        { code: 'soon', label: t('soon', { days: SOON_DAYS }) },
      ],
    },
    wordFilter('kind', defined.kind),
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
      width: 124,
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

  const plain = asksNothing(query);

  return (
    <RecordList
      title={t('title')}
      searchHint={t('search')}
      query={query}
      change={change}
      filters={filters}
      columns={columns}
      rows={listed(rows, found !== undefined)}
      chosen={id}
      onOpen={show}
      onClose={() => show(undefined)}
      actions={<WhoseSwitch query={query} change={change} />}
      notice={<CutNotice cut={found?.cut ?? false} />}
      panel={id !== undefined && <TaskPanel key={id} id={id} onClose={() => show(undefined)} />}
      empty={{ title: t(plain ? 'noneMine' : 'none'), hint: t(plain ? 'noneMineHint' : 'noneHint') }}
    />
  );
}
