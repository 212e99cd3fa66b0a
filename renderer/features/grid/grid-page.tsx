import { gridCells as table } from '#shared/tables/grid-cells.ts';
import { useBodies, useNamesOf } from '../../app/record/people.ts';
import { useRegisterList } from '../../app/record/use-register-list.ts';
import { useValueText } from '../../app/record/value-text.ts';
import { useWordFilter } from '../../app/record/word-filter.ts';
import type { RowFor } from '../../store/local-api.ts';
import { amount } from '../../ui/amounts.ts';
import type { TableColumn } from '../../ui/data-table.tsx';
import type { Filter } from '../../ui/filter-chips.tsx';
import { useTexts, useWord } from '../../ui/language.ts';
import { MarkedText } from '../../ui/marked-text.tsx';
import { RecordList } from '../../ui/record-list.tsx';
import { useOpened } from '../../ui/use-opened.ts';
import { CellPanel } from './cell-panel.tsx';
import { texts } from './texts.ts';
import { useCellCounts } from './use-cell-counts.ts';

const FILTERS = ['stationId', 'kind'] as const;

/** The cells of the supervision grid, who answers for each, and what stands open there. */
export function GridPage() {
  const t = useTexts(texts);
  const word = useWord();
  const read = useValueText();
  const wordFilter = useWordFilter();
  const { id, show } = useOpened('/grid');
  const { query, change, rows, marks, counted } = useRegisterList('gridCells', FILTERS, 'code', id);
  const bodies = useBodies();
  const names = useNamesOf();
  const counts = useCellCounts();

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
  const filters: Filter[] = [
    {
      column: 'stationId',
      label: word(defined.stationId.label),
      choices: [...(bodies?.values() ?? [])].map((body) => ({ code: body.id, label: body.name })),
    },
    wordFilter('kind', defined.kind),
  ].map(counted);

  return (
    <RecordList
      title={t('title')}
      searchHint={t('search')}
      query={query}
      change={change}
      filters={filters}
      columns={columns}
      rows={rows}
      chosen={id}
      onOpen={show}
      onClose={() => show(undefined)}
      panel={id !== undefined && <CellPanel key={id} id={id} onShow={show} onClose={() => show(undefined)} />}
      empty={{ title: t('none'), hint: t('noneHint') }}
    />
  );
}
