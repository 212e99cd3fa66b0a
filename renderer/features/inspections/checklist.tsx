import { useEffect, useEffectEvent, useState } from 'react';
import type { Answer } from '#shared/domain/verdict.ts';
import { FileProblem } from '../../app/record/file-problem.tsx';
import type { Save } from '../../app/record/use-save.tsx';
import type { RowFor } from '../../store/local-api.ts';
import { isTyping } from '../../ui/list-keys.ts';
import { useTexts } from '../../ui/language.ts';
import { Section } from '../../ui/section.tsx';
import { ItemRow, rowIdOf } from './item-row.tsx';
import { itemsByCategory } from './items-by-category.ts';
import { texts } from './texts.ts';
import { useAnswers } from './use-answers.ts';
import type { Visit } from './use-visit.ts';

interface Props {
  readonly visit: Visit;
  readonly template: RowFor<'checklistTemplates'>;
  readonly open: boolean;
  readonly save: Save['save'];
}

const RESULT_OF_KEY: Readonly<Record<string, Answer['result']>> = { '1': 'yes', '2': 'no', '3': 'na' };

/** The items of the list under their headings; each answer is saved as it is given. */
export function Checklist({ visit, template, open, save }: Props) {
  const t = useTexts(texts);
  const { inspection, subject } = visit;
  const [current, setCurrent] = useState(template.items[0]?.no ?? 0);
  const [filing, setFiling] = useState<number | null>(null);

  const { answers, answer } = useAnswers(inspection, save);
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const place = template.items.findIndex((item) => item.no === current);
    const step = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0;
    const result = RESULT_OF_KEY[event.key];
    if (step !== 0) {
      const next = template.items[place + step];
      if (next) {
        setCurrent(next.no);
        document.getElementById(rowIdOf(next.no))?.scrollIntoView({ block: 'nearest' });
      }
    } else if (result && open && inspection.noticeGiven) {
      void answer(current, { result });
    } else return;
    event.preventDefault();
  });
  useEffect(() => {
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);

  const filed = template.items.find((item) => item.no === filing);
  return (
    <div>
      {open && <p className="secondary">{t('keys')}</p>}
      {itemsByCategory(template.items).map((category) => (
        <Section key={category.name} title={category.name}>
          <ul className="items">
            {category.items.map((item) => (
              <ItemRow
                key={item.no}
                inspectionId={inspection.id}
                item={item}
                answer={answers[String(item.no)]}
                current={open && item.no === current}
                open={open}
                onEnter={() => setCurrent(item.no)}
                onAnswer={(part) => answer(item.no, part)}
                onFileProblem={() => setFiling(item.no)}
              />
            ))}
          </ul>
        </Section>
      ))}
      {filed && (
        <FileProblem
          subjectId={inspection.subjectId}
          subjectName={subject?.name ?? ''}
          inspectionId={inspection.id}
          draftName={`inspection/${inspection.id}/${filed.no}`}
          prefilled={{
            category: filed.category,
            clause: `${template.title} ${t('item', { no: filed.no })}`,
            description: answers[String(filed.no)]?.remark || filed.text,
          }}
          onClose={() => setFiling(null)}
        />
      )}
    </div>
  );
}
