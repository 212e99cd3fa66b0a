import { useTexts } from '../../ui/language.ts';
import { texts } from './texts.ts';
import { type Recovery, recoveryWords, type Sentence } from './words.ts';

/** What was found at the start of the program and what was done about it, in plain words. */
export function Findings({ recovery }: { readonly recovery: Recovery }) {
  const t = useTexts(texts);
  const { found, back, uncertain } = recoveryWords(recovery);
  const parts: readonly (readonly [title: string, sentences: readonly Sentence[]])[] = [
    [t('found'), found],
    [t('back'), [back]],
    [t('uncertain'), uncertain],
  ];
  return (
    <dl className="findings">
      {parts
        .filter(([, sentences]) => sentences.length > 0)
        .map(([title, sentences]) => (
          <div key={title}>
            <dt>{title}</dt>
            {sentences.map(({ key, values }) => (
              <dd key={key}>{t(key, values)}</dd>
            ))}
          </div>
        ))}
    </dl>
  );
}
