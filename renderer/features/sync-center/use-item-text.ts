import { useLive } from '../../store/live.ts';
import type { WaitingItem } from '../../sync/engine-api.ts';
import { useTexts } from '../../ui/language.ts';
import { texts } from './texts.ts';

/** The item of the checklist that a change answers, by number and text; null where it answers none. */
export function useItemText({ name, targetId, args }: WaitingItem): string | null {
  const t = useTexts(texts);
  const no = name === 'inspections.answer' && typeof args['no'] === 'number' ? args['no'] : undefined;
  const text = useLive(
    async (local) => {
      if (no === undefined) return undefined;
      const visit = await local.get('inspections', targetId);
      const template = visit && (await local.get('checklistTemplates', visit.templateId));
      return template?.items.find((item) => item.no === no)?.text;
    },
    [targetId, no],
  );
  return no === undefined ? null : `${t('item', { no })} ${text ?? ''}`.trim();
}
