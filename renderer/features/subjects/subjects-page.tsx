import { useDeferredValue } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { type RegisterQuery } from '../../sync/engine-api.ts';
import { LEVELS } from '#shared/tables/words.ts';
import { subjects } from '#shared/tables/subjects.ts';
import { CheckMark } from '../../app/record/check-mark.tsx';
import { useBodies } from '../../app/record/people.ts';
import { StateDot } from '../../app/record/state-dot.tsx';
import type { SubjectRow } from '../../app/record/subjects-of.ts';
import { SUBJECT_TONE } from '../../app/record/tones.ts';
import { useMarks } from '../../app/record/use-marks.ts';
import { useValueText } from '../../app/record/value-text.ts';
import { useLive, useRegister } from '../../store/live.ts';
import { DataTable, type TableColumn } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { type Filter, FilterChips } from '../../ui/filter-chips.tsx';
import { useTexts, useWord } from '../../ui/language.ts';
import { ListPage } from '../../ui/list-page.tsx';
import { useListQuery } from '../../ui/list-query.ts';
import { MarkedText } from '../../ui/marked-text.tsx';
import { useRowWindow } from '../../ui/use-row-window.ts';
import { SubjectPanel } from './subject-panel.tsx';
import { texts } from './texts.ts';

const FILTERS = ['kind', 'stationId', 'gridId', 'riskLevel', 'state', 'brightKitchen'] as const;

/** The register of subjects: thousands of rows, answered from memory. */
export function SubjectsPage() {
  const t = useTexts(texts);
  const word = useWord();
  const read = useValueText();
  const { id } = useParams();
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const [query, change] = useListQuery(FILTERS);
  const window = useRowWindow();
  const asked: RegisterQuery = {
    table: 'subjects',
    search: useDeferredValue(query.search),
    filter: query.chosen,
    sort: query.sort ?? { column: 'name', descending: false },
    offset: window.offset,
    limit: window.limit,
  };
  const { answer, loading } = useRegister(asked);
  const bodies = useBodies();
  const cells = useLive(async (local) => new Map((await local.all('gridCells')).map((cell) => [cell.id, cell.name])), []);
  // The register holds rows of this very table.
  const rows = (answer?.rows ?? []) as readonly SubjectRow[];
  const marks = useMarks(
    'subjects',
    rows.map((row) => row.id),
  );

  const counted = (column: string, code: string) => answer?.counts[column]?.[code] ?? 0;
  const choicesOf = (column: string, names: Iterable<readonly [string, string]>) =>
    [...names]
      .map(([code, label]) => ({ code, label, count: counted(column, code) }))
      .filter((choice) => choice.count > 0 || query.chosen[column]?.includes(choice.code));
  const wordsOf = (words: Readonly<Record<string, readonly [string, string]>>) =>
    Object.entries(words).map(([code, pair]) => [code, word(pair)] as const);
  const { columns: defined } = subjects;
  const filters: Filter[] = [
    { column: 'kind', label: word(defined.kind.label), choices: choicesOf('kind', wordsOf(defined.kind.words ?? {})) },
    {
      column: 'stationId',
      label: word(defined.stationId.label),
      choices: choicesOf(
        'stationId',
        [...(bodies?.values() ?? [])].map((body) => [body.id, body.name]),
      ),
    },
    { column: 'gridId', label: word(defined.gridId.label), choices: choicesOf('gridId', cells ?? []) },
    {
      column: 'riskLevel',
      label: word(defined.riskLevel.label),
      choices: choicesOf('riskLevel', [...wordsOf(LEVELS), ['null', t('notRated')]]),
    },
    { column: 'state', label: word(defined.state.label), choices: choicesOf('state', wordsOf(defined.state.words ?? {})) },
    {
      column: 'brightKitchen',
      label: word(defined.brightKitchen.label),
      choices: choicesOf(
        'brightKitchen',
        ['true', 'false'].map((code) => [code, read(defined.brightKitchen, code === 'true')]),
      ),
    },
  ];

  const columns: TableColumn<SubjectRow>[] = [
    {
      key: 'name',
      title: word(defined.name.label),
      width: 280,
      sortable: true,
      render: (row) => <MarkedText mark={marks.get(row.id)} to="/sync" text={row.name} />,
    },
    { key: 'kind', title: word(defined.kind.label), width: 132, sortable: true, render: (row) => read(defined.kind, row.kind) },
    {
      key: 'state',
      title: word(defined.state.label),
      width: 112,
      sortable: true,
      render: (row) => <StateDot column={defined.state} tones={SUBJECT_TONE} state={row.state} />,
    },
    { key: 'riskLevel', title: t('risk'), width: 88, sortable: true, render: (row) => row.riskLevel ?? t('notRated') },
    {
      key: 'stationId',
      title: word(defined.stationId.label),
      width: 168,
      render: (row) => bodies?.get(row.stationId)?.name ?? '',
    },
    { key: 'gridId', title: word(defined.gridId.label), width: 168, render: (row) => cells?.get(row.gridId) ?? '' },
    {
      key: 'address',
      title: word(defined.address.label),
      width: 300,
      render: (row) => <span title={row.address}>{row.address}</span>,
    },
    {
      key: 'uscc',
      title: word(defined.uscc.label),
      width: 236,
      render: (row) => (
        <>
          {row.uscc ?? '—'} <CheckMark mark={row.usccCheck} />
        </>
      ),
    },
    {
      key: 'diners',
      title: word(defined.diners.label),
      width: 96,
      numeric: true,
      sortable: true,
      render: (row) => read(defined.diners, row.diners),
    },
    {
      key: 'areaM2',
      title: word(defined.areaM2.label),
      width: 96,
      numeric: true,
      sortable: true,
      render: (row) => read(defined.areaM2, row.areaM2),
    },
    { key: 'contact', title: word(defined.contactName.label), width: 120, render: (row) => row.contactName },
  ];

  const show = (target: string | undefined) =>
    void navigate(
      { pathname: target === undefined ? '/subjects' : `/subjects/${target}`, search: params.toString() },
      { replace: id !== undefined },
    );
  const nothingHere = query.search === '' && Object.values(query.chosen).every((codes) => codes.length === 0);

  return (
    <ListPage
      title={t('title')}
      count={answer?.total}
      search={{ value: query.search, hint: t('search'), onChange: (search) => change({ search }) }}
      filters={<FilterChips filters={filters} chosen={query.chosen} onChange={(chosen) => change({ chosen })} />}
      panel={id !== undefined && <SubjectPanel key={id} id={id} onClose={() => show(undefined)} />}
    >
      <DataTable
        label={t('title')}
        columns={columns}
        total={answer?.total ?? 0}
        rowAt={(index) => rows[index - (answer?.offset ?? 0)]}
        keyOf={(row) => row.id}
        chosen={id}
        onOpen={(row) => show(row.id)}
        onClose={() => show(undefined)}
        onVisible={window.onVisible}
        sort={asked.sort}
        onSort={(sort) => change({ sort })}
        stale={loading}
        empty={
          answer && <EmptyState title={t(nothingHere ? 'noRows' : 'none')} hint={t(nothingHere ? 'noRowsHint' : 'noneHint')} />
        }
      />
    </ListPage>
  );
}
