import { useNavigate } from 'react-router';
import { INSPECTION_STATES } from '#shared/domain/inspection-state.ts';
import { inspections as table } from '#shared/tables/inspections.ts';
import { subjects } from '#shared/tables/subjects.ts';
import { CutNotice } from '../../app/record/cut-notice.tsx';
import { useMe } from '../../app/record/me.ts';
import { useNamesOf } from '../../app/record/people.ts';
import { StateDot } from '../../app/record/state-dot.tsx';
import { INSPECTION_TONE, VERDICT_TONE } from '../../app/record/tones.ts';
import { useStateList } from '../../app/record/use-state-list.ts';
import { useMarks } from '../../app/record/use-marks.ts';
import { asksEverybody, WhoseSwitch } from '../../app/record/whose-switch.tsx';
import { useWordFilter } from '../../app/record/word-filter.ts';
import type { RowFor } from '../../store/local-api.ts';
import type { TableColumn } from '../../ui/data-table.tsx';
import type { Filter } from '../../ui/filter-chips.tsx';
import { useTexts, useWord } from '../../ui/language.ts';
import { asksNothing, lets } from '../../ui/list-query.ts';
import { MarkedText } from '../../ui/marked-text.tsx';
import { RecordList, listed } from '../../ui/record-list.tsx';
import { momentOf } from '../../ui/moments.ts';
import { useNow } from '../../ui/use-now.ts';
import { texts } from './texts.ts';

const FILTERS = ['state', 'verdict', 'whose'] as const;
const ALL = Object.keys(INSPECTION_STATES);

/** Visits, the newest first; mine unless asked otherwise. A row opens the visit itself. */
export function InspectionsPage() {
  const t = useTexts(texts);
  const word = useWord();
  const me = useMe();
  const now = useNow();
  const navigate = useNavigate();
  const wordFilter = useWordFilter();
  const { query, change, found, nameOf } = useStateList('inspections', FILTERS, ALL);
  const names = useNamesOf();
  const everybody = asksEverybody(query);
  const rows = (found?.rows ?? [])
    .filter(
      (row) =>
        (everybody || row.officerIds.includes(me.officerId)) &&
        lets(query.chosen['verdict'], row.verdict) &&
        (query.search === '' || nameOf(row.subjectId).includes(query.search)),
    )
    .toSorted((a, b) => b.startedAt - a.startedAt);
  const marks = useMarks(
    'inspections',
    rows.map((row) => row.id),
  );

  const { columns: defined } = table;
  const filters: Filter[] = [wordFilter('state', defined.state), wordFilter('verdict', defined.verdict)];
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
      onOpen={(id) => void navigate(`/inspections/${id}`)}
      actions={<WhoseSwitch query={query} change={change} />}
      notice={<CutNotice cut={found?.cut ?? false} />}
      empty={{ title: t(plain ? 'noneMine' : 'none'), hint: t(plain ? 'noneMineHint' : 'noneHint') }}
    />
  );
}
