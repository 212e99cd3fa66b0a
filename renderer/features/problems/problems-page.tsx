import { useMemo } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { isOpenProblem, isOverdueProblem, PROBLEM_STATES, type ProblemState } from '#shared/domain/problem-state.ts';
import { problems as table } from '#shared/tables/problems.ts';
import { subjects } from '#shared/tables/subjects.ts';
import { CutNotice } from '../../app/record/cut-notice.tsx';
import { Due } from '../../app/record/due.tsx';
import { useMe } from '../../app/record/me.ts';
import { useNamesOf } from '../../app/record/people.ts';
import { StateDot } from '../../app/record/state-dot.tsx';
import { useSubjectNames } from '../../app/record/subjects-of.ts';
import { PROBLEM_TONE } from '../../app/record/tones.ts';
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
import { momentOf } from '../../ui/moments.ts';
import { SidePanel } from '../../ui/side-panel.tsx';
import { useNow } from '../../ui/use-now.ts';
import { filterProblems } from './problem-filter.ts';
import { ProblemRecord } from './problem-record.tsx';
import { texts } from './texts.ts';

const FILTERS = ['state', 'riskClass', 'source', 'time', 'whose'] as const;
const OPEN = (Object.keys(PROBLEM_STATES) as ProblemState[]).filter((state) => isOpenProblem({ state }));

/** 问题清单: open ones unless asked otherwise. */
export function ProblemsPage() {
  const t = useTexts(texts);
  const word = useWord();
  const read = useValueText();
  const me = useMe();
  const now = useNow();
  const { id } = useParams();
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const [query, change] = useListQuery(FILTERS);
  const states = query.chosen['state']?.length ? query.chosen['state'] : OPEN;
  const found = useChosenStates('problems', states);
  const nameOf = useSubjectNames(useMemo(() => found?.rows.map((row) => row.subjectId) ?? [], [found]));
  const names = useNamesOf();
  const rows = filterProblems(found?.rows ?? [], {
    search: query.search,
    chosen: query.chosen,
    officerId: me.officerId,
    nameOf,
    now,
  });
  const marks = useMarks(
    'problems',
    rows.map((row) => row.id),
  );

  const { columns: defined } = table;
  const choices = (words: Readonly<Record<string, readonly [string, string]>> = {}) =>
    Object.entries(words).map(([code, pair]) => ({ code, label: word(pair) }));
  const filters: Filter[] = [
    { column: 'state', label: word(defined.state.label), choices: choices(defined.state.words) },
    { column: 'riskClass', label: word(defined.riskClass.label), choices: choices(defined.riskClass.words) },
    { column: 'source', label: word(defined.source.label), choices: choices(defined.source.words) },
    { column: 'time', label: t('time'), choices: [{ code: 'overdue', label: t('overdue') }] },
    { column: 'whose', label: t('whose'), choices: [{ code: 'mine', label: t('mine') }] },
  ];
  const columns: TableColumn<RowFor<'problems'>>[] = [
    {
      key: 'category',
      title: word(defined.category.label),
      width: 200,
      render: (row) => <MarkedText mark={marks.get(row.id)} to="/sync" text={row.category} />,
    },
    { key: 'subjectId', title: word(subjects.label), width: 240, render: (row) => nameOf(row.subjectId) },
    {
      key: 'riskClass',
      title: word(defined.riskClass.label),
      width: 88,
      render: (row) => read(defined.riskClass, row.riskClass),
    },
    {
      key: 'state',
      title: word(defined.state.label),
      width: 116,
      render: (row) => <StateDot column={defined.state} tones={PROBLEM_TONE} state={row.state} />,
    },
    {
      key: 'deadlineAt',
      title: word(defined.deadlineAt.label),
      width: 208,
      render: (row) => <Due at={row.deadlineAt} open={isOpenProblem(row)} overdue={isOverdueProblem(row, now)} now={now} />,
    },
    { key: 'source', title: word(defined.source.label), width: 96, render: (row) => read(defined.source, row.source) },
    { key: 'foundAt', title: word(defined.foundAt.label), width: 120, render: (row) => momentOf(row.foundAt, now) },
    { key: 'foundBy', title: word(defined.foundBy.label), width: 100, render: (row) => names([row.foundBy]) },
    {
      key: 'description',
      title: word(defined.description.label),
      width: 260,
      render: (row) => <span title={row.description}>{row.description}</span>,
    },
  ];

  const show = (target: string | undefined) =>
    void navigate(
      { pathname: target === undefined ? '/problems' : `/problems/${target}`, search: params.toString() },
      { replace: id !== undefined },
    );
  const plain = query.search === '' && FILTERS.every((column) => !query.chosen[column]?.length);

  return (
    <ListPage
      title={t('title')}
      count={found && rows.length}
      search={{ value: query.search, hint: t('search'), onChange: (search) => change({ search }) }}
      filters={<FilterChips filters={filters} chosen={query.chosen} onChange={(chosen) => change({ chosen })} />}
      notice={<CutNotice cut={found?.cut ?? false} />}
      panel={
        id !== undefined && (
          <SidePanel
            label={word(table.label)}
            title={word(table.label)}
            onClose={() => show(undefined)}
            actions={<Link to={`/problems/${id}/file`}>{t('open')}</Link>}
          >
            <ProblemRecord key={id} id={id} />
          </SidePanel>
        )
      }
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
        empty={found && <EmptyState title={t(plain ? 'noneOpen' : 'none')} hint={t(plain ? 'noneOpenHint' : 'noneHint')} />}
      />
    </ListPage>
  );
}
