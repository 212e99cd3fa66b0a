import { Link } from 'react-router';
import { subjects } from '#shared/tables/subjects.ts';
import { CheckMark } from '../../app/record/check-mark.tsx';
import { useValueText } from '../../app/record/value-text.ts';
import type { RowFor } from '../../store/local-api.ts';
import { useLive } from '../../store/live.ts';
import { type Fact, FactsGrid } from '../../ui/facts-grid.tsx';
import { useWord } from '../../ui/language.ts';
import { FACTS } from './fields.ts';

/** The facts of a subject with the names behind its references; an identifier that does not check is marked 待核实. */
export function SubjectFacts({ subject }: { readonly subject: RowFor<'subjects'> }) {
  const word = useWord();
  const read = useValueText();
  const named = useLive(
    async (local) => ({
      regionId: (await local.get('regions', subject.regionId))?.name,
      gridId: (await local.get('gridCells', subject.gridId))?.name,
      stationId: (await local.get('orgUnits', subject.stationId))?.name,
    }),
    [subject.regionId, subject.gridId, subject.stationId],
  );
  const facts: Fact[] = FACTS.map((field) => {
    const column = subjects.columns[field];
    const label = word(column.label);
    if (field === 'gridId')
      return { key: field, label, value: <Link to={`/grid/${subject.gridId}`}>{named?.gridId ?? subject.gridId}</Link> };
    if (field === 'regionId' || field === 'stationId') return { key: field, label, value: named?.[field] ?? subject[field] };
    if (field === 'uscc') {
      return {
        key: field,
        label,
        value: (
          <>
            {read(column, subject.uscc)} <CheckMark mark={subject.usccCheck} />
          </>
        ),
      };
    }
    return { key: field, label, value: read(column, subject[field]), wide: field === 'address' };
  });
  return <FactsGrid facts={facts} />;
}
