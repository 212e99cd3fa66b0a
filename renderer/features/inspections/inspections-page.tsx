import { Segmented } from 'antd';
import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { INSPECTION_STATES } from '#shared/domain/inspection-state.ts';
import { inspections as table } from '#shared/tables/inspections.ts';
import { subjects } from '#shared/tables/subjects.ts';
import { CutNotice } from '../../app/record/cut-notice.tsx';
import { useMe } from '../../app/record/me.ts';
import { useNamesOf } from '../../app/record/people.ts';
import { StateDot } from '../../app/record/state-dot.tsx';
import { useSubjectNames } from '../../app/record/subjects-of.ts';
import { INSPECTION_TONE, VERDICT_TONE } from '../../app/record/tones.ts';
import { useChosenStates } from '../../app/record/use-chosen-states.ts';
import { useMarks } from '../../app/record/use-marks.ts';
import type { RowFor } from '../../store/local-api.ts';
import { DataTable, type TableColumn } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { type Filter, FilterChips } from '../../ui/filter-chips.tsx';
import { useTexts, useWord } from '../../ui/language.ts';
import { ListPage } from '../../ui/list-page.tsx';
import { useListQuery } from '../../ui/list-query.ts';
import { MarkedText } from '../../ui/marked-text.tsx';
import { momentOf } from '../../ui/moments.ts';
import { useNow } from '../../ui/use-now.ts';
import { texts } from './texts.ts';

const FILTERS = ['state', 'verdict', 'whose'] as const;

/** Visits, the newest first; mine unless asked otherwise. A row opens the visit itself. */
export function InspectionsPage() {
  const t = useTexts(texts);
  const word = useWord();
  const me = useMe();
  const now = useNow();
  const navigate = useNavigate();
  const [query, change] = useListQuery(FILTERS);
  const everybody = query.chosen['whose']?.includes('all') ?? false;
  const states = query.chosen['state']?.length ? query.chosen['state'] : Object.keys(INSPECTION_STATES);
  const found = useChosenStates('inspections', states);
  const nameOf = useSubjectNames(useMemo(() => found?.rows.map((row) => row.subjectId) ?? [], [found]));
  const names = useNamesOf();
  const verdicts = query.chosen['verdict'] ?? [];
  const rows = (found?.rows ?? [])
    .filter(
      (row) =>
        (everybody || row.officerIds.includes(me.officerId)) &&
        (verdicts.length === 0 || (row.verdict !== null && verdicts.includes(row.verdict))) &&
        (query.search === '' || nameOf(row.subjectId).includes(query.search)),
    )
    .toSorted((a, b) => b.startedAt - a.startedAt);
  const marks = useMarks(
    'inspections',
    rows.map((row) => row.id),
  );

  const { columns: defined } = table;
  const choices = (words: Readonly<Record<string, readonly [string, string]>> = {}) =>
    Object.entries(words).map(([code, pair]) => ({ code, label: word(pair) }));
  const filters: Filter[] = [
    { column: 'state', label: word(defined.state.label), choices: choices(defined.state.words) },
    { column: 'verdict', label: word(defined.verdict.label), choices: choices(defined.verdict.words) },
  ];
  const columns: TableColumn<RowFor<'inspections'>>[] = [
    {
      key: 'subjectId',
      title: word(subjects.label),
      width: 320,
      render: (row) => <MarkedText mark={marks.get(row.id)} to="/sync" text={nameOf(row.subjectId)} />,
    },
    { key: 'startedAt', title: word(defined.startedAt.label), width: 150, render: (row) => momentOf(row.startedAt, now) },
    {
      key: 'state',
      title: word(defined.state.label),
      width: 110,
      render: (row) => <StateDot column={defined.state} tones={INSPECTION_TONE} state={row.state} />,
    },
    {
      key: 'verdict',
      title: word(defined.verdict.label),
      width: 120,
      render: (row) =>
        row.verdict === null ? '—' : <StateDot column={defined.verdict} tones={VERDICT_TONE} state={row.verdict} />,
    },
    { key: 'officers', title: word(defined.officerIds.label), width: 200, render: (row) => names(row.officerIds) },
  ];
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
    >
      <DataTable
        label={t('title')}
        columns={columns}
        total={rows.length}
        rowAt={(index) => rows[index]}
        keyOf={(row) => row.id}
        onOpen={(row) => void navigate(`/inspections/${row.id}`)}
        empty={found && <EmptyState title={t(plain ? 'noneMine' : 'none')} hint={t(plain ? 'noneMineHint' : 'noneHint')} />}
      />
    </ListPage>
  );
}
