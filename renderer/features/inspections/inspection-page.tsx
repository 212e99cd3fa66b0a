import { Alert } from 'antd';
import { Link, useParams } from 'react-router';
import { mayEnforce } from '#shared/domain/permission.ts';
import { inspections as table } from '#shared/tables/inspections.ts';
import { useActor } from '../../app/record/me.ts';
import { useNamesOf } from '../../app/record/people.ts';
import { StateDot } from '../../app/record/state-dot.tsx';
import { INSPECTION_TONE } from '../../app/record/tones.ts';
import { useMarks } from '../../app/record/use-marks.ts';
import { useSave } from '../../app/record/use-save.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useTexts } from '../../ui/language.ts';
import { MarkDot } from '../../ui/mark-dot.tsx';
import { stamp } from '../../ui/moments.ts';
import { Checklist } from './checklist.tsx';
import { Notice } from './notice.tsx';
import { Sidebar } from './sidebar.tsx';
import { texts } from './texts.ts';
import { useVisit, type Visit } from './use-visit.ts';
import './inspections.css';

/** One visit: notice first, then the checklist, the record, the photographs, and the verdict. */
export function InspectionPage() {
  const t = useTexts(texts);
  const { id = '' } = useParams();
  const visit = useVisit(id);
  if (visit === undefined) return null;
  if (visit === null) {
    return (
      <EmptyState title={t('gone')} hint={t('goneHint')}>
        <Link to="/inspections">{t('back')}</Link>
      </EmptyState>
    );
  }
  return <VisitRecord key={id} visit={visit} />;
}

function VisitRecord({ visit }: { readonly visit: Visit }) {
  const t = useTexts(texts);
  const actor = useActor();
  const names = useNamesOf();
  const saving = useSave();
  const { inspection, subject, template } = visit;
  const mark = useMarks('inspections', [inspection.id]).get(inspection.id);
  const mine = mayEnforce(actor) && inspection.officerIds.includes(actor.id);
  const underWay = inspection.state === 'inProgress';
  const open = mine && underWay;
  return (
    <article className="page record visit">
      <header className="record-head">
        <Link to="/inspections" className="secondary">
          ← {t('title')}
        </Link>
        <div className="record-title">
          <h1>{subject ? <Link to={`/subjects/${subject.id}/file`}>{subject.name}</Link> : t('title')}</h1>
          <StateDot column={table.columns.state} tones={INSPECTION_TONE} state={inspection.state} />
          <MarkDot mark={mark} to="/sync" />
        </div>
        <p className="secondary">
          {stamp(inspection.startedAt)} · {t('officers')} {names(inspection.officerIds)}
          {template && ` · ${template.title}`}
        </p>
      </header>
      {!underWay && <Alert type="info" showIcon title={t('frozen')} />}
      {underWay && !mine && <Alert type="info" showIcon title={t('notMine')} />}
      {!template && <Alert type="warning" showIcon title={t('noTemplate')} />}
      {template && (
        <div className="visit-columns">
          <div>
            {open && !inspection.noticeGiven ? (
              <Notice visit={visit} save={saving.save} />
            ) : (
              <Checklist visit={visit} template={template} open={open} save={saving.save} />
            )}
          </div>
          <Sidebar visit={visit} template={template} open={open} saving={saving} />
        </div>
      )}
    </article>
  );
}
