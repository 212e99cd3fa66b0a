import { Link } from 'react-router';
import { useLive } from '../../store/live.ts';
import { useTexts, useWord } from '../../ui/language.ts';
import { type Change, type ChangeWords, changeWords } from './change-lines.ts';
import { placeOfRecord, titleOfRecord } from './record-title.ts';
import { texts } from './texts.ts';
import { useLineText } from './use-line-text.ts';

/** A change by its name: 问题 · 登记问题 · 健康证明. What is not in the copy, because it was never applied, leads nowhere. */
export function ChangeTitle({ item }: { readonly item: Change }) {
  const word = useWord();
  const { table, verb } = changeWords(item);
  const title = useLive((local) => titleOfRecord(local, item.table, item.targetId), [item.table, item.targetId]);
  const here = title !== item.targetId;
  const place = here ? placeOfRecord(item.table, item.targetId) : null;
  const name = here ? (title ?? '') : word(table);
  return (
    <span>
      {word(verb)} · {place === null ? name : <Link to={place}>{name}</Link>}
    </span>
  );
}

/** What a change says, field by field, in plain words. */
export function ChangeLines({ item }: { readonly item: Change }) {
  const word = useWord();
  const t = useTexts(texts);
  const { lines }: ChangeWords = changeWords(item);
  const read = useLineText(lines);
  if (lines.length === 0) return null;
  return (
    <ul className="change-lines">
      {lines.map((line) => (
        <li key={line.key}>
          <span className="secondary">{word(line.column.label)}</span>{' '}
          {'before' in line
            ? t('to', { from: read(line.column, line.before), to: read(line.column, line.value) })
            : read(line.column, line.value)}
        </li>
      ))}
    </ul>
  );
}
