import { subjects } from '#shared/tables/subjects.ts';
import { CheckMark } from '../../app/record/check-mark.tsx';
import { useBodies } from '../../app/record/people.ts';
import { StateDot } from '../../app/record/state-dot.tsx';
import type { SubjectRow } from '../../app/record/subjects-of.ts';
import { SUBJECT_TONE } from '../../app/record/tones.ts';
import { useRegisterList } from '../../app/record/use-register-list.ts';
import { useValueText } from '../../app/record/value-text.ts';
import { useWordFilter } from '../../app/record/word-filter.ts';
import { useLive } from '../../store/live.ts';
import type { TableColumn } from '../../ui/data-table.tsx';
import type { Filter } from '../../ui/filter-chips.tsx';
import { useTexts, useWord } from '../../ui/language.ts';
import { asksNothing } from '../../ui/list-query.ts';
import { MarkedText } from '../../ui/marked-text.tsx';
import { RecordList } from '../../ui/record-list.tsx';
import { useOpened } from '../../ui/use-opened.ts';
import { SubjectPanel } from './subject-panel.tsx';
import { texts } from './texts.ts';

const FILTERS = ['kind', 'stationId', 'gridId', 'riskLevel', 'state', 'brightKitchen'] as const;

/** The register of subjects: thousands of rows, answered from memory. */
export function SubjectsPage() {
  const t = useTexts(texts);
  const word = useWord();
  const read = useValueText();
  const wordFilter = useWordFilter();
  const { id, show } = useOpened('/subjects');
  const { query, change, rows, marks, counted } = useRegisterList('subjects', FILTERS, 'name', id);
  const bodies = useBodies();
  const cells = useLive(async (local) => new Map((await local.all('gridCells')).map((cell) => [cell.id, cell.name])), []);
  const { columns: defined } = subjects;
  const names = (column: string, label: readonly [string, string], pairs: Iterable<readonly [string, string]>): Filter => ({
    column,
    label: word(label),
    choices: [...pairs].map(([code, name]) => ({ code, label: name })),
  });
  const risk = wordFilter('riskLevel', defined.riskLevel);
  const filters: Filter[] = [
    wordFilter('kind', defined.kind),
    names(
      'stationId',
      defined.stationId.label,
      [...(bodies?.values() ?? [])].map((body) => [body.id, body.name]),
    ),
    names('gridId', defined.gridId.label, cells ?? []),
    { ...risk, choices: [...risk.choices, { code: 'null', label: t('notRated') }] },
    wordFilter('state', defined.state),
    names(
      'brightKitchen',
      defined.brightKitchen.label,
      ['true', 'false'].map((code) => [code, read(defined.brightKitchen, code === 'true')]),
    ),
  ].map(counted);

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
      width: 112,
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

  const plain = asksNothing(query);

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
      panel={id !== undefined && <SubjectPanel key={id} id={id} onClose={() => show(undefined)} />}
      empty={{ title: t(plain ? 'noRows' : 'none'), hint: t(plain ? 'noRowsHint' : 'noneHint') }}
    />
  );
}
