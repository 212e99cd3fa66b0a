import { App, Button } from 'antd';
import { useEffect, useState } from 'react';
import { getHost } from '../../host/index.ts';
import { sizeOf } from '../../ui/amounts.ts';
import { type Fact, FactsGrid } from '../../ui/facts-grid.tsx';
import { useTexts } from '../../ui/language.ts';
import { stamp } from '../../ui/moments.ts';
import { Section } from '../../ui/section.tsx';
import { texts } from './texts.ts';

async function askHost() {
  const { app, diagnostics, secrets } = await getHost();
  const [identity, info, protection] = await Promise.all([app.identity(), diagnostics.info(), secrets.protection()]);
  return { identity, info, protection };
}

type Known = Awaited<ReturnType<typeof askHost>>;

/** What the support desk asks for first. Holds no business data and no person's name. */
export function Diagnostics() {
  const t = useTexts(texts);
  const { message } = App.useApp();
  const [known, setKnown] = useState<Known | 'refused' | undefined>(undefined);
  useEffect(() => {
    askHost().then(setKnown, (error: unknown) => {
      console.warn('the desktop gave no diagnostics', error);
      setKnown('refused');
    });
  }, []);

  const factsOf = ({ identity, info, protection }: Known): readonly (Fact & { readonly value: string })[] => [
    { key: 'version', label: t('version'), value: info.app },
    { key: 'shell', label: t('shell'), value: t(info.shell) },
    { key: 'platform', label: t('platform'), value: `${info.platform} ${info.arch}` },
    { key: 'node', label: t('node'), value: `Node ${info.node}` },
    { key: 'centre', label: t('centre'), value: info.centreUrl },
    { key: 'deviceName', label: t('deviceName'), value: identity.deviceName },
    { key: 'deviceId', label: t('deviceId'), value: identity.deviceId },
    { key: 'dataSize', label: t('dataSize'), value: sizeOf(info.dataDirBytes) },
    { key: 'startedAt', label: t('startedAt'), value: stamp(info.hostStartedAt) },
    { key: 'keys', label: t('keys'), value: t(protection === 'file' ? 'file' : 'osKeystore') },
  ];
  if (known === undefined) return null;
  if (known === 'refused') return <p className="secondary">{t('unavailable')}</p>;
  const facts = factsOf(known);
  const copy = async () => {
    await navigator.clipboard.writeText(facts.map(({ label, value }) => `${label}: ${value}`).join('\n'));
    void message.success(t('copied'));
  };
  return (
    <Section
      title={t('about')}
      extra={
        <Button size="small" onClick={() => void copy()}>
          {t('copy')}
        </Button>
      }
    >
      <FactsGrid facts={facts} />
    </Section>
  );
}
