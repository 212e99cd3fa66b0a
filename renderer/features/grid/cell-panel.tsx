import { Link } from 'react-router';
import { gridCells as table } from '#shared/tables/grid-cells.ts';
import { orgUnits } from '#shared/tables/org-units.ts';
import { subjects as subjectTable } from '#shared/tables/subjects.ts';
import { useNamesOf } from '../../app/record/people.ts';
import { useValueText } from '../../app/record/value-text.ts';
import { useLive } from '../../store/live.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { type Fact, FactsGrid } from '../../ui/facts-grid.tsx';
import { useTexts, useWord } from '../../ui/language.ts';
import { Section } from '../../ui/section.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { CellOutline } from './cell-outline.tsx';
import { texts } from './texts.ts';

const MOST = 100;

interface Props {
  readonly id: string;
  readonly onShow: (id: string) => void;
  readonly onClose: () => void;
}

export function CellPanel({ id, onShow, onClose }: Props) {
  const t = useTexts(texts);
  const word = useWord();
  const read = useValueText();
  const names = useNamesOf();
  const found = useLive(
    async (local) => {
      const cell = await local.get('gridCells', id);
      if (!cell) return null;
      const [region, station, subjects] = await Promise.all([
        local.get('regions', cell.regionId),
        local.get('orgUnits', cell.stationId),
        local.where('subjects', { gridId: id }),
      ]);
      return { cell, region, station, subjects };
    },
    [id],
  );
  const { columns } = table;
  const facts = (): readonly Fact[] => {
    if (!found) return [];
    const { cell, region, station } = found;
    return [
      { key: 'code', label: word(columns.code.label), value: cell.code },
      { key: 'kind', label: word(columns.kind.label), value: read(columns.kind, cell.kind) },
      { key: 'region', label: word(columns.regionId.label), value: region?.name },
      { key: 'station', label: word(columns.stationId.label), value: station?.name },
      { key: 'phone', label: word(orgUnits.columns.phone.label), value: station?.phone || undefined },
      {
        key: 'officers',
        label: t('officers'),
        value: cell.officerIds.length === 0 ? t('noOfficers') : names(cell.officerIds),
      },
      { key: 'radius', label: word(columns.schoolRadiusM.label), value: read(columns.schoolRadiusM, cell.schoolRadiusM) },
      { key: 'notice', label: word(columns.noticeOn.label), value: read(columns.noticeOn, cell.noticeOn) },
    ];
  };
  return (
    <SidePanel title={found?.cell.name ?? ''} label={word(table.label)} onClose={onClose}>
      {found === null && <EmptyState title={t('gone')} hint={t('goneHint')} />}
      {found && (
        <>
          <CellOutline cell={found.cell} onShow={onShow} />
          <FactsGrid facts={facts()} />
          <Section title={t('cellSubjects')} extra={<Link to={`/subjects?gridId=${id}`}>{t('inRegister')}</Link>}>
            {found.subjects.length === 0 && <p className="secondary">{t('noSubjects')}</p>}
            <ul className="lines">
              {found.subjects.slice(0, MOST).map((one) => (
                <li key={one.id}>
                  <Link to={`/subjects/${one.id}/file`}>{one.name}</Link>
                  <span className="secondary">{read(subjectTable.columns.kind, one.kind)}</span>
                </li>
              ))}
            </ul>
            {found.subjects.length > MOST && <p className="secondary">{t('more', { count: found.subjects.length - MOST })}</p>}
          </Section>
        </>
      )}
    </SidePanel>
  );
}
