import { Button } from 'antd';
import { useTexts } from '../../ui/language.ts';
import { endOfDay } from '../../ui/moments.ts';
import { texts } from './texts.ts';

/** Customary limits of a rectification order, calendar days; 0 is on the spot. */
const DAYS = [0, 3, 5, 7, 15, 30] as const;

/** Chooses the end of a day so many days from today, ms. */
export function DeadlinePresets({ onChoose }: { readonly onChoose: (at: number) => void }) {
  const t = useTexts(texts);
  return (
    <div className="field">
      <span />
      <div className="actions">
        {DAYS.map((days) => (
          <Button key={days} size="small" onClick={() => onChoose(endOfDay(Date.now(), days))}>
            {days === 0 ? t('onTheSpot') : t('inDays', { days })}
          </Button>
        ))}
      </div>
    </div>
  );
}
