import { Radio } from 'antd';
import type { Answer, ChecklistItem } from '#shared/domain/verdict.ts';
import { BeginButton } from '../../app/record/begin-button.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { useTexts } from '../../ui/language.ts';
import { RemarkField } from './remark-field.tsx';
import { texts } from './texts.ts';

interface Props {
  readonly inspectionId: string;
  readonly item: ChecklistItem;
  readonly answer: Answer | undefined;
  /** The item the keyboard works on. */
  readonly current: boolean;
  readonly open: boolean;
  readonly onEnter: () => void;
  readonly onAnswer: (part: Partial<Answer>) => Promise<boolean>;
  readonly onFileProblem: () => void;
}

export const rowIdOf = (no: number): string => `item-${no}`;

const RESULTS = ['yes', 'no', 'na'] as const;

/** One item: 是 / 否 / 合理缺项, with what was seen; a failed one can become a problem at once. */
export function ItemRow({ inspectionId, item, answer, current, open, onEnter, onAnswer, onFileProblem }: Props) {
  const t = useTexts(texts);
  const { no, key, text } = item;
  const label = t('item', { no });
  return (
    <li id={rowIdOf(no)} className={current ? 'item item-current' : 'item'} onFocus={onEnter} onClick={onEnter}>
      <span className="item-no">{no}</span>
      <div className="item-text">
        {key && <span className="item-key">★{t('keyItem')}</span>}
        {text}
      </div>
      {open ? (
        <Radio.Group
          aria-label={label}
          optionType="button"
          buttonStyle="solid"
          value={answer?.result ?? null}
          options={RESULTS.map((result) => ({ value: result, label: t(result) }))}
          onChange={(event) => void onAnswer({ result: event.target.value as Answer['result'] })}
        />
      ) : (
        answer && (
          <StatusDot tone={answer.result === 'no' ? 'bad' : answer.result === 'yes' ? 'done' : 'rest'}>
            {t(answer.result)}
          </StatusDot>
        )
      )}
      {answer && (!open || current || answer.result === 'no' || answer.remark !== '') && (
        <div className="item-more">
          {open ? (
            <RemarkField
              key={answer.remark}
              draftKey={`remark/${inspectionId}/${no}`}
              label={`${label} ${t('remark')}`}
              saved={answer.remark}
              onSave={(remark) => onAnswer({ remark })}
            />
          ) : (
            answer.remark !== '' && <span className="secondary">{answer.remark}</span>
          )}
          {open && answer.result === 'no' && <BeginButton onClick={onFileProblem}>{t('fileProblem')}</BeginButton>}
        </div>
      )}
    </li>
  );
}
