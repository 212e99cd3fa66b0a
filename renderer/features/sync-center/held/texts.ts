import { defineTexts } from '../../../ui/language.ts';

export const texts = defineTexts('held-work', {
  hint: [
    '下列工作由他人完成，上报时其授权已结束，中心未予办理，内容原样留存。请逐项接手办理或作废。',
    'Others did this work, and their grant had ended when it came in. The centre did not apply it and keeps it word for word. Take each over or discard it.',
  ],
  nothing: ['没有待接手的工作', 'No work to take over'],
  nothingHint: [
    '授权被撤销或已离岗的人员未能办理的工作会显示在这里。',
    'Work of officers whose grant was withdrawn or who have left appears here.',
  ],
  held: ['待接手', 'Held'],
  who: ['办理人', 'Done by'],
  what: ['内容', 'What'],
  why: ['未办原因', 'Why not applied'],
  whyLeft: ['上报时该人员已离岗。', 'The officer had left when it came in.'],
  whyWithdrawn: ['上报时该人员在本区县的授权已结束。', 'The officer’s grant on this district had ended when it came in.'],
  doneAt: ['{{at}} 办理', 'done {{at}}'],
  receivedAt: ['{{at}} 到达中心', 'received {{at}}'],
  take: ['接手办理', 'Take over'],
  discard: ['作废', 'Discard'],
  unknown: ['本机程序不认识此项工作，请更新程序后接手。', 'This program does not know the action; update it, then take it over.'],
  refused: ['未能接手：{{why}}', 'Not taken over: {{why}}'],
  stays: ['该项仍为待接手，内容未变。', 'It is still held, unchanged.'],
  handled: ['已处理', 'Dealt with'],
  handledBy: ['{{who}} · {{at}}', '{{who}} · {{at}}'],
  more: ['仅显示最近 {{most}} 项。', 'Only the newest {{most}} are shown.'],
  noneHandled: ['尚无', 'None yet'],
});
