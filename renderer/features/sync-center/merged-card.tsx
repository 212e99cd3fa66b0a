import { Button, Radio } from 'antd';
import { useState } from 'react';
import { mutationOfName } from '#shared/tables/index.ts';
import { useSave } from '../../app/record/use-save.tsx';
import { engine } from '../../sync/client.ts';
import { useTexts, useWord } from '../../ui/language.ts';
import { momentOf } from '../../ui/moments.ts';
import { StatusDot } from '../../ui/status-dot.tsx';
import { useNow } from '../../ui/use-now.ts';
import { ChangeTitle } from './change-view.tsx';
import type { Dispute } from './disputes.ts';
import { isSettled, settle, type Side } from './settle.ts';
import { texts } from './texts.ts';
import { useItemText } from './use-item-text.ts';
import { useLineText } from './use-line-text.ts';

/** Two officers, one field: before, mine and theirs side by side, and whose shall stand. */
export function MergedCard({ item, earlier }: Dispute) {
  const t = useTexts(texts);
  const word = useWord();
  const now = useNow();
  const { save, saving } = useSave();
  const [sides, setSides] = useState<Readonly<Record<string, Side>>>({});
  const known = mutationOfName.get(item.name);
  const columns = known?.table.columns ?? {};
  const about = useItemText(item);
  const disputed = item.conflicts.flatMap((conflict) => {
    const column = columns[conflict.field];
    return column ? [{ ...conflict, column }] : [];
  });
  const read = useLineText(
    disputed.flatMap(({ field, column, base, mine, theirs }) => [
      { key: `${field}-base`, column, value: base },
      { key: field, column, value: mine, before: theirs },
    ]),
  );
  const decide = () =>
    save(async () => {
      for (const { mid } of earlier) await engine.resolve(mid, { kind: 'discard', reason: t('decided') });
      // Only an edit falls apart into fields; anything else is sent again as a whole.
      if (known?.mutation.class !== 'edit' && Object.values(sides).includes('mine'))
        return engine.resolve(item.mid, { kind: 'again' });
      const changes = settle(item.conflicts, sides);
      if (Object.keys(changes).length > 0) await engine.mutate(item.name, { id: item.targetId, changes });
      await engine.resolve(item.mid, { kind: 'discard', reason: t('decided') });
    });
  return (
    <li className="issue">
      <header className="issue-head">
        <StatusDot tone="soon">{t('merged')}</StatusDot>
        <ChangeTitle item={item} />
        <span className="grow" />
        <span className="secondary">
          {t('at', { at: momentOf(item.at, now) })} · {t('decidedAt', { at: momentOf(item.decidedAt, now) })}
        </span>
      </header>
      <p className="secondary">{t('mergedHint')}</p>
      <div className="scroll-x">
        <table className="compare">
          <thead>
            <tr>
              <th scope="col">{t('field')}</th>
              <th scope="col">{t('base')}</th>
              <th scope="col">{t('mine')}</th>
              <th scope="col">{t('theirs')}</th>
              <th scope="col">{t('side')}</th>
            </tr>
          </thead>
          <tbody>
            {disputed.map(({ field, column, base, mine, theirs }) => (
              <tr key={field}>
                <th scope="row">{about ?? word(column.label)}</th>
                <td>{read(column, base)}</td>
                <td className={sides[field] === 'mine' ? 'compare-taken' : undefined}>{read(column, mine)}</td>
                <td className={sides[field] === 'theirs' ? 'compare-taken' : undefined}>{read(column, theirs)}</td>
                <td>
                  <Radio.Group
                    aria-label={about ?? word(column.label)}
                    optionType="button"
                    size="small"
                    value={sides[field] ?? null}
                    options={[
                      { value: 'mine', label: t('takeMine') },
                      { value: 'theirs', label: t('keepTheirs') },
                    ]}
                    onChange={(event) => setSides({ ...sides, [field]: event.target.value as Side })}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="actions">
        <Button type="primary" disabled={!isSettled(item.conflicts, sides)} loading={saving} onClick={() => void decide()}>
          {t('decide')}
        </Button>
      </div>
    </li>
  );
}
