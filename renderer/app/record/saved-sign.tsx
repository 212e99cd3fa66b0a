import { useTexts } from '../../ui/language.ts';
import { clockOf } from '../../ui/moments.ts';
import { texts } from './texts.ts';

interface Props {
  readonly saving: boolean;
  readonly savedAt: number | null;
}

/** 已保存 14:03: only ever after it is on disk. */
export function SavedSign({ saving, savedAt }: Props) {
  const t = useTexts(texts);
  const told = saving ? t('saving') : savedAt === null ? '' : t('savedAt', { time: clockOf(savedAt) });
  return (
    <span className="secondary" role="status">
      {told}
    </span>
  );
}
