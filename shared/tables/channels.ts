import { deviceMark } from '../domain/check-mark.ts';
import { mayRegister, must } from '../domain/permission.ts';
import { flag, instant, nullable, ref, text, word } from '../schema/column.ts';
import { mustGet, registration, transition } from '../schema/mutation.ts';
import { districtStream } from '../schema/stream.ts';
import { table } from '../schema/table.ts';
import { CHECK_MARKS } from './words.ts';

export const CHANNEL_STATES = {
  online: ['在线', 'Online'],
  offline: ['离线', 'Offline'],
  fault: ['故障', 'Fault'],
} as const;

/** A camera channel of a subject; its national id has 20 digits (GB/T 28181). */
export const channels = table('channels', {
  kind: 8,
  label: ['视频通道', 'Channel'],
  doc: 'One camera channel in a kitchen, workshop or warehouse.',
  scope: 'district',
  columns: {
    subjectId: ref('监管对象', 'Subject', 'subjects'),
    gbId: text('国标编号', 'GB/T 28181 id', { min: 1, max: 20 }),
    gbCheck: word('编号校验', 'Id check', CHECK_MARKS),
    name: text('通道名称', 'Name', { min: 1, max: 80 }),
    zone: word('部位', 'Zone', {
      rough: ['粗加工', 'Rough processing'],
      cooking: ['烹饪', 'Cooking'],
      washing: ['洗消保洁', 'Washing'],
      cold: ['专间', 'Cold dishes'],
      sales: ['经营区', 'Sales'],
      storage: ['仓储区', 'Storage'],
      workshop: ['车间', 'Workshop'],
    }),
    state: word('状态', 'State', CHANNEL_STATES),
    lastSeenAt: nullable(instant('最近在线', 'Last seen')),
    isPublic: flag('对外公示', 'Public'),
  },
  indexes: [['subjectId']],
  streamOf: (row) => districtStream(row.districtId),
});

export const channelMutations = {
  register: registration(
    channels,
    ['登记通道', 'Register channel'],
    (act) => must(mayRegister(act.actor), 'channels'),
    (row) => ({ ...row, gbCheck: deviceMark(row.gbId) }),
  ),
  report: transition(
    ['上报状态', 'Report state'],
    { id: ref('通道', 'Channel', 'channels'), state: word('状态', 'State', CHANNEL_STATES), seenAt: instant('时间', 'Time') },
    async (tx, args, act) => {
      must(mayRegister(act.actor), 'channels');
      const channel = await mustGet(tx, channels, args.id);
      const lastSeenAt = args.state === 'online' ? args.seenAt : channel.lastSeenAt;
      await tx.put(channels, { ...channel, state: args.state, lastSeenAt });
    },
  ),
};
