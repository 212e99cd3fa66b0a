import { Link } from 'react-router';
import { isOpenTask, isOverdueTask } from '#shared/domain/task-state.ts';
import { subjects } from '#shared/tables/subjects.ts';
import { tasks as table } from '#shared/tables/tasks.ts';
import { Due } from '../../app/record/due.tsx';
import { useNamesOf } from '../../app/record/people.ts';
import { StateDot } from '../../app/record/state-dot.tsx';
import { TASK_TONE } from '../../app/record/tones.ts';
import { useMarks } from '../../app/record/use-marks.ts';
import { useValueText } from '../../app/record/value-text.ts';
import { useLive } from '../../store/live.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { type Fact, FactsGrid } from '../../ui/facts-grid.tsx';
import { useTexts, useWord } from '../../ui/language.ts';
import { MarkDot } from '../../ui/mark-dot.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { useNow } from '../../ui/use-now.ts';
import { TaskActions } from './task-action-bar.tsx';
import { texts } from './texts.ts';

interface Props {
  readonly id: string;
  readonly onClose: () => void;
}

export function TaskPanel({ id, onClose }: Props) {
  const t = useTexts(texts);
  const word = useWord();
  const read = useValueText();
  const names = useNamesOf();
  const now = useNow();
  const mark = useMarks('tasks', [id]).get(id);
  const found = useLive(
    async (local) => {
      const task = await local.get('tasks', id);
      if (!task) return null;
      const [subject, cell, visits] = await Promise.all([
        local.get('subjects', task.subjectId),
        local.get('gridCells', task.gridId),
        local.where('inspections', { taskId: id }),
      ]);
      return { task, subject, cell, visit: visits.toSorted((a, b) => b.startedAt - a.startedAt)[0] };
    },
    [id],
  );
  const { columns } = table;
  const facts = (): readonly Fact[] => {
    if (!found) return [];
    const { task, subject, cell } = found;
    return [
      {
        key: 'subject',
        label: word(subjects.label),
        value: subject ? <Link to={`/subjects/${subject.id}/file`}>{subject.name}</Link> : '—',
      },
      { key: 'address', label: word(subjects.columns.address.label), value: subject?.address ?? '—' },
      { key: 'grid', label: t('grid'), value: cell ? <Link to={`/grid/${cell.id}`}>{cell.name}</Link> : '—' },
      { key: 'kind', label: word(columns.kind.label), value: read(columns.kind, task.kind) },
      { key: 'assignees', label: word(columns.assigneeIds.label), value: names(task.assigneeIds) },
      {
        key: 'due',
        label: word(columns.dueAt.label),
        value: <Due at={task.dueAt} open={isOpenTask(task)} overdue={isOverdueTask(task, now)} now={now} />,
      },
      { key: 'dispatched', label: word(columns.dispatchedAt.label), value: read(columns.dispatchedAt, task.dispatchedAt) },
      { key: 'note', label: word(columns.note.label), value: read(columns.note, task.note), wide: true },
    ];
  };
  return (
    <SidePanel title={found?.task.title ?? ''} label={word(table.label)} onClose={onClose}>
      {found === null && <EmptyState title={t('gone')} hint={t('goneHint')} />}
      {found && (
        <>
          <p className="record-state">
            <StateDot column={columns.state} tones={TASK_TONE} state={found.task.state} />
            <MarkDot mark={mark} to="/sync" />
          </p>
          <TaskActions task={found.task} subject={found.subject} visit={found.visit} />
          <FactsGrid facts={facts()} />
        </>
      )}
    </SidePanel>
  );
}
