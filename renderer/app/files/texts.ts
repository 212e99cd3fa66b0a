import { defineTexts } from '../../ui/language.ts';

export const texts = defineTexts('files', {
  uploading: ['附件上传', 'Files going up'],
  sentOf: ['已上传 {{sent}} / {{total}}', '{{sent}} of {{total}} sent'],
  paused: ['办公时间暂停上传原件，缩略图照常上传。', 'Originals wait for the end of office hours; thumbnails go up meanwhile.'],
  pause: ['办公时间暂停上传原件', 'Hold originals during office hours'],
  pauseHours: ['周一至周五 8:30–12:00、14:30–18:00', 'Monday to Friday 8:30–12:00 and 14:30–18:00'],
});
