import { Button } from 'antd';
import { useOfficers } from '../../app/record/people.ts';
import type { Save } from '../../app/record/use-save.tsx';
import { mutate } from '../../sync/client.ts';
import { useTexts } from '../../ui/language.ts';
import { Section } from '../../ui/section.tsx';
import { texts } from './texts.ts';
import type { Visit } from './use-visit.ts';

/** 告知页: identity of the officers and the rights of the inspected, before anything else. */
export function Notice({ visit, save }: { readonly visit: Visit; readonly save: Save['save'] }) {
  const t = useTexts(texts);
  const officers = useOfficers();
  const { inspection, subject } = visit;
  return (
    <Section title={t('noticeTitle')}>
      <div className="notice">
        <p>{t('noticeLead', { name: subject?.name ?? '' })}</p>
        <p>{t('noticeIdentity')}</p>
        <ul>
          {inspection.officerIds.map((id) => (
            <li key={id}>
              {officers?.get(id)?.name ?? '…'}　{officers?.get(id)?.certNo ?? t('noCert')}
            </li>
          ))}
        </ul>
        <p>{t('noticeRights')}</p>
        <p>{t('noticeDuties')}</p>
        <div className="actions">
          <Button type="primary" onClick={() => void save(() => mutate.inspections.giveNotice({ id: inspection.id }))}>
            {t('giveNotice')}
          </Button>
          <span className="secondary">{t('noticeFirst')}</span>
        </div>
      </div>
    </Section>
  );
}
