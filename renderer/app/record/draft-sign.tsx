import { Button } from 'antd';
import { useTexts } from '../../ui/language.ts';
import { clockOf } from '../../ui/moments.ts';
import { texts } from './texts.ts';

interface Props {
  readonly draft: { readonly keptAt: number | null; readonly restored: boolean; readonly drop: () => Promise<void> };
}

/** 草稿已保存 14:03; of words typed earlier and never submitted, that they are back, and the way to be rid of them. */
export function DraftSign({ draft: { keptAt, restored, drop } }: Props) {
  const t = useTexts(texts);
  const told = restored ? t('restored') : keptAt === null ? '' : t('draftAt', { time: clockOf(keptAt) });
  return (
    <>
      <span className="secondary" role="status">
        {told}
      </span>
      {restored && (
        <Button
          size="small"
          type="link"
          // The field keeps the focus: some submit what they hold when they are left.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => void drop()}
        >
          {t('discardDraft')}
        </Button>
      )}
    </>
  );
}
