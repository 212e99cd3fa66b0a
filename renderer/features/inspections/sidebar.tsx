import { Button, Input, Popconfirm, Progress } from 'antd';
import { Link } from 'react-router';
import { countFails, judge, unanswered } from '#shared/domain/verdict.ts';
import { inspections as table } from '#shared/tables/inspections.ts';
import { problems as problemTable } from '#shared/tables/problems.ts';
import { DraftSign } from '../../app/record/draft-sign.tsx';
import { Photographs } from '../../app/record/photographs.tsx';
import { SavedSign } from '../../app/record/saved-sign.tsx';
import { StateDot } from '../../app/record/state-dot.tsx';
import { PROBLEM_TONE, VERDICT_TONE } from '../../app/record/tones.ts';
import { useDraft } from '../../app/record/use-draft.ts';
import type { Save } from '../../app/record/use-save.tsx';
import type { RowFor } from '../../store/local-api.ts';
import { mutate } from '../../sync/client.ts';
import { useTexts } from '../../ui/language.ts';
import { Section } from '../../ui/section.tsx';
import { rowIdOf } from './item-row.tsx';
import { texts } from './texts.ts';
import type { Visit } from './use-visit.ts';

interface Props {
  readonly visit: Visit;
  readonly template: RowFor<'checklistTemplates'>;
  readonly open: boolean;
  readonly saving: Save;
}

/** Beside the list, always in sight: whether all is saved, how far it is and how it stands, the record, the photographs, the problems. */
export function Sidebar({ visit, template, open, saving }: Props) {
  const t = useTexts(texts);
  const { inspection, problems } = visit;
  return (
    <div className="visit-side">
      <Standing inspection={inspection} template={template} open={open} saving={saving} />
      <Section title={t('note')}>
        {inspection.note === null ? <p className="secondary">{t('noNote')}</p> : <p className="said">{inspection.note}</p>}
        {open && <NoteField id={inspection.id} save={saving.save} />}
      </Section>
      <Section title={t('photos')}>
        <Photographs ownerTable="inspections" ownerId={inspection.id} open={open} />
      </Section>
      <Section title={t('problems')}>
        {problems.length === 0 && <p className="secondary">{t('noProblems')}</p>}
        <ul className="lines">
          {problems.map((one) => (
            <li key={one.id}>
              <Link to={`/problems/${one.id}`}>{one.category}</Link>
              <StateDot column={problemTable.columns.state} tones={PROBLEM_TONE} state={one.state} />
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}

interface StandingProps extends Omit<Props, 'visit'> {
  readonly inspection: Visit['inspection'];
}

function Standing({ inspection, template, open, saving }: StandingProps) {
  const t = useTexts(texts);
  const missing = unanswered(template, inspection.answers);
  const fails = countFails(template, inspection.answers);
  const total = template.items.length;
  const verdict = inspection.verdict ?? judge(template, inspection.answers);
  const [next] = missing;
  return (
    <Section title={t('verdict')} extra={<SavedSign saving={saving.saving} savedAt={saving.savedAt} />}>
      <p className="standing">
        {inspection.verdict === null && <span className="secondary">{t('foreseen')}</span>}
        {missing.length === total ? '—' : <StateDot column={table.columns.verdict} tones={VERDICT_TONE} state={verdict} />}
      </p>
      <p className="secondary">
        {t('fails', { key: fails.key, general: fails.general })}
        <br />
        {t('limit', { most: template.maxGeneralFails })}
      </p>
      {open && (
        <>
          <Progress
            percent={Math.floor(((total - missing.length) / total) * 100)}
            showInfo={false}
            size="small"
            aria-label={t('progress', { done: total - missing.length, total })}
          />
          <p className="secondary">{t('progress', { done: total - missing.length, total })}</p>
          <div className="actions">
            {next === undefined ? (
              <Popconfirm
                title={t('completeAsk')}
                onConfirm={() => void saving.save(() => mutate.inspections.complete({ id: inspection.id }))}
              >
                <Button type="primary">{t('complete')}</Button>
              </Popconfirm>
            ) : (
              inspection.noticeGiven && (
                <>
                  <span className="secondary">{t('missing', { count: missing.length })}</span>
                  <Button onClick={() => document.getElementById(rowIdOf(next))?.scrollIntoView({ block: 'center' })}>
                    {t('nextMissing')}
                  </Button>
                </>
              )
            )}
          </div>
        </>
      )}
    </Section>
  );
}

function NoteField({ id, save }: { readonly id: string; readonly save: Save['save'] }) {
  const t = useTexts(texts);
  const draft = useDraft(`note/${id}`, '');
  const text = draft.value.trim();
  const add = async () => {
    if (text !== '' && (await save(() => mutate.inspections.addNote({ id, text })))) await draft.drop();
  };
  return (
    <div className="note-field">
      <Input.TextArea
        aria-label={t('noteHint')}
        placeholder={t('noteHint')}
        className="growing"
        maxLength={1000}
        disabled={!draft.ready}
        value={draft.value}
        onChange={(event) => draft.change(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && event.ctrlKey) void add();
        }}
      />
      <div className="actions">
        <Button disabled={text === ''} onClick={() => void add()}>
          {t('addNote')}
        </Button>
        <DraftSign draft={draft} />
      </div>
    </div>
  );
}
