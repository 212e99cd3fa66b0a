import { licences as table } from '#shared/tables/licences.ts';
import { CheckMark } from '../../app/record/check-mark.tsx';
import { Due } from '../../app/record/due.tsx';
import { useValueText } from '../../app/record/value-text.ts';
import type { RowFor } from '../../store/local-api.ts';
import { useTexts, useWord } from '../../ui/language.ts';
import { useNow } from '../../ui/use-now.ts';
import { texts } from './texts.ts';

/** Licences with the mark of their check digit and how long they are valid. */
export function LicenceList({ licences }: { readonly licences: readonly RowFor<'licences'>[] }) {
  const t = useTexts(texts);
  const word = useWord();
  const read = useValueText();
  const now = useNow();
  if (licences.length === 0) return <p className="secondary">{t('noLicences')}</p>;
  return (
    <ul className="lines">
      {licences.map((one) => {
        const until = one.validTo === null ? null : Date.parse(`${one.validTo}T23:59:59+08:00`);
        return (
          <li key={one.id}>
            <span>
              {read(table.columns.kind, one.kind)} {one.no} <CheckMark mark={one.noCheck} />
            </span>
            <span className="secondary">
              {word(table.columns.validTo.label)} <Due at={until} open overdue={until !== null && until < now} now={now} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}
