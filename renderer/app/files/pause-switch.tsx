import { Switch } from 'antd';
import { engine, useEngineStatus } from '../../sync/client.ts';
import { useTexts } from '../../ui/language.ts';
import { texts } from './texts.ts';

/** The officer's choice to leave the bureau's line to others while the office is open. */
export function PauseSwitch() {
  const t = useTexts(texts);
  const { pauseOriginals } = useEngineStatus();
  return (
    <label className="switch-line">
      <Switch checked={pauseOriginals} aria-label={t('pause')} onChange={(on) => void engine.setPauseOriginals(on)} />
      <span>
        {t('pause')} <span className="secondary">{t('pauseHours')}</span>
      </span>
    </label>
  );
}
