import { Link } from 'react-router';
import { isOpenProblem, isOverdueProblem, PROBLEM_STATES, type ProblemState } from '#shared/domain/problem-state.ts';
import { problems as table } from '#shared/tables/problems.ts';
import { subjects } from '#shared/tables/subjects.ts';
import { CutNotice } from '../../app/record/cut-notice.tsx';
import { Due } from '../../app/record/due.tsx';
import { useMe } from '../../app/record/me.ts';
import { useNamesOf } from '../../app/record/people.ts';
import { StateDot } from '../../app/record/state-dot.tsx';
import { PROBLEM_TONE } from '../../app/record/tones.ts';
import { useStateList } from '../../app/record/use-state-list.ts';
import { useMarks } from '../../app/record/use-marks.ts';
import { useValueText } from '../../app/record/value-text.ts';
import { useWordFilter } from '../../app/record/word-filter.ts';
import type { RowFor } from '../../store/local-api.ts';
import type { TableColumn } from '../../ui/data-table.tsx';
import type { Filter } from '../../ui/filter-chips.tsx';
import { useTexts, useWord } from '../../ui/language.ts';
import { asksNothing } from '../../ui/list-query.ts';
import { MarkedText } from '../../ui/marked-text.tsx';
import { RecordList, listed } from '../../ui/record-list.tsx';
import { momentOf } from '../../ui/moments.ts';
import { SidePanel } from '../../ui/side-panel.tsx';
import { useOpened } from '../../ui/use-opened.ts';
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
  const wordFilter = useWordFilter();
  const { id, show } = useOpened('/problems');
  const { query, change, found, nameOf } = useStateList('problems', FILTERS, OPEN);
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
  const filters: Filter[] = [
    wordFilter('state', defined.state),
    wordFilter('riskClass', defined.riskClass),
    wordFilter('source', defined.source),
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
      empty={{ title: t(plain ? 'noneOpen' : 'none'), hint: t(plain ? 'noneOpenHint' : 'noneHint') }}
    />
  );
}
