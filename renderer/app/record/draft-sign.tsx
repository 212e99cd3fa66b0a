import { useTexts } from '../../ui/language.ts';
import { clockOf } from '../../ui/moments.ts';
import { texts } from './texts.ts';

export function DraftSign({ keptAt }: { readonly keptAt: number | null }) {
  const t = useTexts(texts);
  return (
    <span className="secondary" role="status">
      {keptAt === null ? '' : t('draftAt', { time: clockOf(keptAt) })}
    </span>
  );
}
