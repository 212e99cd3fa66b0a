import { App, Button } from 'antd';
import { useEffect, useState } from 'react';
import { useStreamName } from '../../../app/stream-name.ts';
import { engine } from '../../../sync/client.ts';
import type { TraceLine } from '../../../sync/trace.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { useTexts, useWord } from '../../../ui/language.ts';
import { secondOf } from '../../../ui/moments.ts';
import { traceText } from './trace-text.ts';
import { texts } from './texts.ts';

const ASK_EVERY_MS = 2000;

/** Newest first, asked again as long as somebody looks. */
function useTrace(): readonly TraceLine[] | undefined {
  const [lines, setLines] = useState<readonly TraceLine[]>();
  useEffect(() => {
    let gone = false;
    const ask = async () => {
      const found = await engine.trace();
      if (!gone) setLines(found.toReversed());
    };
    // Locked or signed out meanwhile: the page is on its way off the screen.
    const askQuietly = () => void ask().catch((error: unknown) => console.warn('the trace could not be read', error));
    askQuietly();
    const timer = setInterval(askQuietly, ASK_EVERY_MS);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, []);
  return lines;
}

/** What passed between this workstation and the centre, for the officer and for who helps them. */
export function TraceTab() {
  const t = useTexts(texts);
  const word = useWord();
  const nameOf = useStreamName();
  const { message } = App.useApp();
  const lines = useTrace();
  if (lines === undefined) return null;
  if (lines.length === 0) return <EmptyState title={t('nothing')} hint={t('nothingHint')} />;
  const read = lines.map((line, index) => ({
    key: `${line.at}-${lines.length - index}`,
    at: secondOf(line.at),
    text: traceText(line, { t, word, nameOf }),
    bad: line.what === 'failed',
  }));
  const copy = async () => {
    await navigator.clipboard.writeText(read.map(({ at, text }) => `${at}  ${text}`).join('\n'));
    void message.success(t('copied'));
  };
  return (
    <>
      <div className="actions">
        <span className="secondary">{t('hint')}</span>
        <span className="grow" />
        <Button size="small" onClick={() => void copy()}>
          {t('copy')}
        </Button>
      </div>
      <ol className="trace" aria-label={t('label')}>
        {read.map(({ key, at, text, bad }) => (
          <li key={key}>
            <time>{at}</time>
            <span className={bad ? 'status-soon' : undefined}>{text}</span>
          </li>
        ))}
      </ol>
    </>
  );
}
