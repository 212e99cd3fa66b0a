import { Link } from 'react-router';
import { useLive } from '../../store/live.ts';
import type { WaitingItem } from '../../sync/engine-api.ts';
import { useTexts, useWord } from '../../ui/language.ts';
import { type ChangeWords, changeWords } from './change-lines.ts';
import { placeOfRecord, titleOfRecord } from './record-title.ts';
import { texts } from './texts.ts';
import { useLineText } from './use-line-text.ts';

/** A change by its name: 问题 · 登记问题 · 健康证明. */
export function ChangeTitle({ item }: { readonly item: WaitingItem }) {
  const word = useWord();
  const { table, verb } = changeWords(item);
  const title = useLive((local) => titleOfRecord(local, item.table, item.targetId), [item.table, item.targetId]);
  const place = placeOfRecord(item.table, item.targetId);
  const name = title === item.targetId ? word(table) : (title ?? '');
  return (
    <span>
      {word(verb)} · {place === null ? name : <Link to={place}>{name}</Link>}
    </span>
  );
}

/** What a change says, field by field, in plain words. */
export function ChangeLines({ item }: { readonly item: WaitingItem }) {
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
