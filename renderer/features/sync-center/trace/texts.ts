import { defineTexts } from '../../../ui/language.ts';

export const texts = defineTexts('sync-trace', {
  label: ['同步记录', 'Sync trace'],
  hint: [
    '本次启动以来本机与中心之间的往来，最新的在前；不含业务内容和人员姓名。',
    'What passed between this computer and the centre since the start, newest first; no content of the work, no name of a person.',
  ],
  nothing: ['尚无记录', 'Nothing yet'],
  nothingHint: ['与中心连接后会显示在这里。', 'It appears here once the centre was reached.'],
  copy: ['复制', 'Copy'],
  copied: ['同步记录已复制', 'Sync trace copied'],
  greeted: ['已连接中心：{{streams}} 个数据流，中心标识 {{epoch}}', 'The centre answered: {{streams}} streams, centre {{epoch}}'],
  sent: ['已上报 {{count}} 项', 'Sent {{count}}'],
  sentMerged: ['，其中 {{count}} 项部分采用', ', {{count}} partly applied'],
  sentRejected: ['，{{count}} 项未被接受', ', {{count}} refused'],
  brought: ['已取回 {{rows}} 条：{{stream}}（第 {{seq}} 号）', 'Brought {{rows}} rows: {{stream}} (no. {{seq}})'],
  dropped: ['已移除本机的{{stream}}：{{why}}', 'Removed from this computer: {{stream}}, because {{why}}'],
  withdrawn: ['授权已撤销', 'the grant was withdrawn'],
  lapsed: ['授权或离线期限已到', 'the grant or the lease has run out'],
  replaced: ['中心数据的历史已改变，将重新下载', 'the history at the centre changed; it is loaded anew'],
  differs: ['自检发现不一致，将重新下载', 'the self-check found a difference; it is loaded anew'],
  damaged: ['本机副本损坏，将重新下载', 'the copy here was damaged; it is loaded anew'],
  offeredAgain: [
    '中心恢复自备份，已重新提交 {{count}} 项供其核对',
    'The centre was restored; {{count}} changes were offered again for it to check',
  ],
  filled: ['程序更新后补齐数据：{{stream}}', 'Filled up after an update: {{stream}}'],
  checked: ['自检一致：{{stream}}', 'Self-check found no difference: {{stream}}'],
  checkedDiffers: [
    '自检：{{stream}}有 {{count}} 处不一致，正在修复',
    'Self-check: {{stream}} differs in {{count}} places and is repaired',
  ],
  failed: ['连接失败：{{why}}（{{code}}）{{seconds}} 秒后重试', 'No line: {{why}} ({{code}}) Tried again in {{seconds}} s'],
  listening: ['已开始接收中心的通知', 'Listening to the centre'],
  offline: ['已离线', 'Offline'],
  heldBack: ['中心程序较旧，部分工作待其升级后上报', 'The centre’s program is older; some changes wait for its update'],
  wiped: ['本机数据已清除', 'The data of this computer was destroyed'],
});
