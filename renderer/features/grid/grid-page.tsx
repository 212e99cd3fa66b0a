import { useDeferredValue } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { gridCells as table } from '#shared/tables/grid-cells.ts';
import { useBodies, useNamesOf } from '../../app/record/people.ts';
import { useMarks } from '../../app/record/use-marks.ts';
import { useValueText } from '../../app/record/value-text.ts';
import type { RowFor } from '../../store/local-api.ts';
import { useRegister } from '../../store/live.ts';
import { amount } from '../../ui/amounts.ts';
import { DataTable, type TableColumn } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { useTexts, useWord } from '../../ui/language.ts';
import { ListPage } from '../../ui/list-page.tsx';
import { useListQuery } from '../../ui/list-query.ts';
import { MarkedText } from '../../ui/marked-text.tsx';
import { useRowWindow } from '../../ui/use-row-window.ts';
import { CellPanel } from './cell-panel.tsx';
import { texts } from './texts.ts';
import { useCellCounts } from './use-cell-counts.ts';

const FILTERS = ['stationId', 'kind'] as const;

/** The cells of the supervision grid, who answers for each, and what stands open there. */
export function GridPage() {
  const t = useTexts(texts);
  const word = useWord();
  const read = useValueText();
  const { id } = useParams();
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const [query, change] = useListQuery(FILTERS);
  const window = useRowWindow();
  const sort = query.sort ?? { column: 'code', descending: false };
  const { answer, loading } = useRegister({
    table: 'gridCells',
    search: useDeferredValue(query.search),
    filter: query.chosen,
    sort,
    offset: window.offset,
    limit: window.limit,
  });
  const bodies = useBodies();
  const names = useNamesOf();
  const counts = useCellCounts();
  // The register holds rows of this very table.
  const rows = (answer?.rows ?? []) as readonly RowFor<'gridCells'>[];
  const marks = useMarks(
    'gridCells',
    rows.map((row) => row.id),
  );

  const { columns: defined } = table;
  const columns: TableColumn<RowFor<'gridCells'>>[] = [
    {
      key: 'name',
      title: word(defined.name.label),
      width: 240,
      sortable: true,
      render: (row) => <MarkedText mark={marks.get(row.id)} to="/sync" text={row.name} />,
    },
    { key: 'code', title: word(defined.code.label), width: 170, sortable: true, render: (row) => row.code },
    { key: 'kind', title: word(defined.kind.label), width: 100, sortable: true, render: (row) => read(defined.kind, row.kind) },
    {
      key: 'stationId',
      title: word(defined.stationId.label),
      width: 190,
      render: (row) => bodies?.get(row.stationId)?.name ?? '',
    },
    { key: 'subjects', title: t('subjects'), width: 100, numeric: true, render: (row) => amount(counts.subjects(row.id)) },
    { key: 'problems', title: t('openProblems'), width: 110, numeric: true, render: (row) => amount(counts.problems(row.id)) },
    {
      key: 'officers',
      title: t('officers'),
      width: 180,
      render: (row) => (row.officerIds.length === 0 ? t('noOfficers') : names(row.officerIds)),
    },
  ];
  const tally = (column: string, code: string) => answer?.counts[column]?.[code] ?? 0;
  const filters = [
    {
      column: 'stationId',
      label: word(defined.stationId.label),
      choices: [...(bodies?.values() ?? [])]
        .map((body) => ({ code: body.id, label: body.name, count: tally('stationId', body.id) }))
        .filter((choice) => choice.count > 0),
    },
    {
      column: 'kind',
      label: word(defined.kind.label),
      choices: Object.entries(defined.kind.words ?? {}).map(([code, pair]) => ({
        code,
        label: word(pair),
        count: tally('kind', code),
      })),
    },
  ];
  const show = (target: string | undefined) =>
    void navigate(
      { pathname: target === undefined ? '/grid' : `/grid/${target}`, search: params.toString() },
      { replace: id !== undefined },
    );

  return (
    <ListPage
      title={t('title')}
      count={answer?.total}
      search={{ value: query.search, hint: t('search'), onChange: (search) => change({ search }) }}
      filters={<FilterChips filters={filters} chosen={query.chosen} onChange={(chosen) => change({ chosen })} />}
      panel={id !== undefined && <CellPanel key={id} id={id} onShow={show} onClose={() => show(undefined)} />}
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
        sort={sort}
        onSort={(next) => change({ sort: next })}
        stale={loading}
        empty={answer && <EmptyState title={t('none')} hint={t('noneHint')} />}
      />
    </ListPage>
  );
}
