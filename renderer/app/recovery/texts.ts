import { defineTexts } from '../../ui/language.ts';

export const texts = defineTexts('recovery', {
  title: ['本机数据恢复', 'Data of this computer brought back'],
  hint: [
    '启动时发现本机数据有异常，已自动处理。请阅读后继续工作。',
    'Something was wrong with the data of this computer and has been dealt with. Read this, then go on working.',
  ],
  found: ['发现的情况', 'What was found'],
  emptied: ['本机数据库曾被清空。', 'The database of this computer had been emptied.'],
  movedAway: [
    '本机数据库无法打开（{{name}}），已原样保留，并在旁另建新库。',
    'The database of this computer ({{name}}) could not be opened. It is left as it is, and a new one was made beside it.',
  ],
  journalFlawed: ['本机日志中有无法读取的行。', 'The journal of this computer has lines that cannot be read.'],
  lacking: ['本机数据库缺少日志中已有的工作。', 'The database of this computer lacked work that is in the journal.'],
  back: ['已找回', 'Brought back'],
  recovered: [
    '{{count}} 项工作已从本机日志找回，其中未上报的联网后自动上报。',
    '{{count}} changes were brought back from the journal; those the centre does not have go up by themselves.',
  ],
  nothingBack: ['日志中没有需要找回的工作。', 'The journal has no work that had to be brought back.'],
  rest: ['其余数据', 'Everything else'],
  restComing: ['正在从中心重新下载，下载期间可以工作。', 'It is loaded anew from the centre; you can work meanwhile.'],
  restLater: ['目前未连接中心，待联网后补齐。', 'The centre is not in reach; it is loaded once there is a line.'],
  restHere: ['已全部在本机。', 'All of it is on this computer.'],
  uncertain: ['不能确定的', 'What is not certain'],
  unreadable: [
    '{{count}} 行日志由其他密钥封存，本机无法读取。',
    '{{count}} lines of the journal are sealed under another key and cannot be read here.',
  ],
  damaged: ['{{count}} 行日志被磁盘损坏。', '{{count}} lines of the journal were damaged by the disk.'],
  keptLines: [
    '这些行已原样保留。请核对您最近的修改是否都在，如有缺少请联系系统管理员。',
    'These lines are kept as they are. Check that your latest changes are all there; if one is missing, ask the administrator.',
  ],
  goOn: ['继续', 'Go on'],
  goOnHint: ['以上内容可在“同步中心”再次查看。', 'You can read this again in the sync centre.'],
});
