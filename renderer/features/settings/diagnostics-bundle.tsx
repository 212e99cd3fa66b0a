import { Button } from 'antd';
import { useState } from 'react';
import { useSave } from '../../app/record/use-save.tsx';
import { getHost } from '../../host/index.ts';
import { engine } from '../../sync/client.ts';
import { useTexts } from '../../ui/language.ts';
import { dayOf } from '../../ui/moments.ts';
import { Section } from '../../ui/section.tsx';
import { texts } from './texts.ts';

/** One button makes a file for who helps, and says where it lies. */
export function DiagnosticsBundle() {
  const t = useTexts(texts);
  const { save, saving } = useSave();
  /** Where the last one was saved; null when the officer cancelled. */
  const [saved, setSaved] = useState<string | null | undefined>(undefined);
  const make = () =>
    save(async () => {
      setSaved(undefined);
      const bytes = new TextEncoder().encode(await engine.diagnostics());
      const { files } = await getHost();
      setSaved(await files.save({ suggestedName: t('bundleName', { day: dayOf(Date.now()) }), bytes }));
    });
  const told = saved === undefined ? '' : saved === null ? t('bundleCancelled') : t('bundleSaved', { path: saved });
  return (
    <Section title={t('bundle')}>
      <p>{t('bundleHint')}</p>
      <div className="actions">
        <Button loading={saving} onClick={() => void make()}>
          {t('exportBundle')}
        </Button>
        <span role="status">{told}</span>
      </div>
    </Section>
  );
}
