import { Alert, App, Button, Switch } from 'antd';
import { Findings } from '../../app/recovery/findings.tsx';
import { useStreamName } from '../../app/stream-name.ts';
import { useSyncFacts } from '../../app/sync-facts.tsx';
import { engine } from '../../sync/client.ts';
import type { EngineStatus, FileItem, StreamStatus } from '../../sync/engine-api.ts';
import { amount } from '../../ui/amounts.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FactsGrid } from '../../ui/facts-grid.tsx';
import { useTexts } from '../../ui/language.ts';
import { momentOf } from '../../ui/moments.ts';
import { Section } from '../../ui/section.tsx';
import { StatusDot, type Tone } from '../../ui/status-dot.tsx';
import { useNow } from '../../ui/use-now.ts';
import { ChangeLines, ChangeTitle } from './change-view.tsx';
import { disputesOf } from './disputes.ts';
import { MergedCard } from './merged-card.tsx';
import { FilesOnTheWay } from './files-on-the-way.tsx';
import { RejectedCard } from './rejected-card.tsx';
import { StuckFileCard } from './stuck-file-card.tsx';
import { texts } from './texts.ts';
import { type Queue, useQueue } from './use-queue.ts';

const MOST = 200;

/** What of mine is not at the centre, what came back, and how the line is. */
export function NowTab({ status }: { readonly status: EngineStatus }) {
  const t = useTexts(texts);
  const queue = useQueue(status);
  return (
    <>
      <Connection status={status} />
      {status.recovery !== null && (
        <Section title={t('recovery')}>
          <Findings recovery={status.recovery} />
        </Section>
      )}
      <Issues queue={queue} />
      <Waiting queue={queue} status={status} />
      <Streams streams={status.streams} />
    </>
  );
}

function Connection({ status }: { readonly status: EngineStatus }) {
  const t = useTexts(texts);
  const { message } = App.useApp();
  const { facts, warnings } = useSyncFacts(status);
  const ask = async () => {
    await engine.syncNow();
    void message.info(t('asked'));
  };
  return (
    <Section title={t('connection')}>
      {warnings.map((text) => (
        <Alert key={text} type="warning" showIcon title={text} />
      ))}
      <FactsGrid facts={facts} />
      <div className="actions">
        <Button type="primary" disabled={status.workOffline} onClick={() => void ask()}>
          {t('syncNow')}
        </Button>
        <label className="switch-line">
          <Switch checked={status.workOffline} aria-label={t('workOffline')} onChange={(on) => void engine.setWorkOffline(on)} />
          {t('workOffline')}
        </label>
      </div>
    </Section>
  );
}

const isStuck = ({ refused, missing }: FileItem): boolean => refused !== null || missing;

function Issues({ queue }: { readonly queue: Queue | undefined }) {
  const t = useTexts(texts);
  const disputes = queue && disputesOf(queue.issues);
  const stuck = queue?.files.filter(isStuck) ?? [];
  const count = disputes && disputes.length + stuck.length;
  return (
    <Section title={t('issues')} extra={count !== undefined && <span className="secondary">{amount(count)}</span>}>
      {count === 0 && <EmptyState title={t('noIssues')} hint={t('noIssuesHint')} />}
      <ul className="issues">
        {disputes?.map(({ item, earlier }) =>
          item.status === 'merged' ? (
            <MergedCard key={item.mid} item={item} earlier={earlier} />
          ) : (
            <RejectedCard key={item.mid} item={item} />
          ),
        )}
        {stuck.map((item) => (
          <StuckFileCard key={item.sha256} item={item} />
        ))}
      </ul>
    </Section>
  );
}

function Waiting({ queue, status }: { readonly queue: Queue | undefined; readonly status: EngineStatus }) {
  const t = useTexts(texts);
  const now = useNow();
  const waiting = queue?.waiting;
  const files = queue?.files.filter((item) => !isStuck(item)) ?? [];
  const count = waiting && waiting.length + files.length;
  return (
    <Section title={t('waiting')} extra={count !== undefined && <span className="secondary">{amount(count)}</span>}>
      <FilesOnTheWay files={status.files} items={files} />
      {count === 0 && status.files.stuck === 0 && <p className="secondary">{t('noWaiting')}</p>}
      <ul className="lines">
        {waiting?.slice(0, MOST).map((item) => (
          <li key={item.mid}>
            <div>
              <ChangeTitle item={item} />
              <ChangeLines item={item} />
            </div>
            <span className="secondary">{momentOf(item.at, now)}</span>
          </li>
        ))}
      </ul>
      {waiting && waiting.length > MOST && <p className="secondary">{t('moreWaiting', { count: waiting.length - MOST })}</p>}
    </Section>
  );
}

const PHASE_TONE: Readonly<Record<StreamStatus['phase'], Tone>> = { live: 'done', loading: 'active', waiting: 'rest' };

function Streams({ streams }: { readonly streams: readonly StreamStatus[] }) {
  const t = useTexts(texts);
  const nameOf = useStreamName();
  const now = useNow();
  const phase = (one: StreamStatus): string => (one.phase === 'waiting' ? t('waitingPhase') : t(one.phase));
  return (
    <Section title={t('streams')}>
      <table className="compare">
        <thead>
          <tr>
            <th scope="col">{t('stream')}</th>
            <th scope="col">{t('phase')}</th>
            <th scope="col" className="number">
              {t('rows')}
            </th>
            <th scope="col">{t('inStep')}</th>
          </tr>
        </thead>
        <tbody>
          {streams.map((one) => (
            <tr key={one.stream}>
              <th scope="row">{nameOf(one.stream)}</th>
              <td>
                <StatusDot tone={PHASE_TONE[one.phase]}>{phase(one)}</StatusDot>
              </td>
              <td className="number">{amount(one.rows)}</td>
              <td>{one.inStepAt === null ? t('never') : momentOf(one.inStepAt, now)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
