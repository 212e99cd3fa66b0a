/** For every way something can be refused: what happened, what is safe, what to do. Never blame, never a code alone. */
import { CODES, type Fault, type FaultKind } from '#shared/errors.ts';
import type { Pair } from '../ui/language.ts';

export interface FaultText {
  readonly what: Pair;
  readonly safe: Pair;
  readonly todo: Pair;
}

const KEPT: Pair = ['已保存的工作都在本机，未受影响。', 'Your saved work is on this computer and untouched.'];
const NOTHING_CHANGED: Pair = ['本次操作未生效，原有内容保持不变。', 'This action had no effect; everything stands as it was.'];
const MEANT_KEPT: Pair = ['您的原意已保留在同步中心。', 'What you meant is kept in the sync centre.'];
const AUTOMATIC: Pair = ['系统会自动重试，无需操作。', 'It is tried again by itself; nothing to do.'];
const ASK: Pair = ['请联系本局系统管理员。', 'Please ask your bureau’s administrator.'];
const SIGN_IN: Pair = ['请重新登录。', 'Please sign in again.'];
const LOOK_AGAIN: Pair = ['请查看当前内容后再决定。', 'Look at the present state, then decide.'];

const say = (what: Pair, safe: Pair, todo: Pair): FaultText => ({ what, safe, todo });

export const FAULT_TEXT = {
  badMessage: say(['中心未能读懂本机的请求。', 'The centre could not read a request of this computer.'], KEPT, ASK),
  forbiddenKey: say(['内容中含有不允许的字段名。', 'The content has a field name that is not allowed.'], NOTHING_CHANGED, ASK),
  notSignedIn: say(['尚未登录。', 'Nobody is signed in.'], KEPT, SIGN_IN),
  wrongPassword: say(['账号或密码不正确。', 'Account or password is not right.'], NOTHING_CHANGED, [
    '请核对后重试；连续 5 次不正确将锁定 15 分钟。',
    'Check and try again; five failures in a row lock the account for 15 minutes.',
  ]),
  sessionEnded: say(['登录已过期，或已在别处登录。', 'The session ended, or you signed in elsewhere.'], KEPT, SIGN_IN),
  notPermitted: say(['您的岗位没有办理此项的权限。', 'Your role may not do this.'], NOTHING_CHANGED, [
    '如需办理，请联系本所所长或本局管理员。',
    'If it must be done, ask the head of your station or the administrator.',
  ]),
  grantMissing: say(['您没有该区县数据的授权。', 'You have no grant for the data of this district.'], MEANT_KEPT, ASK),
  wrongActor: say(['这项修改属于另一位监管人员。', 'This change belongs to another officer.'], KEPT, [
    '请由本人登录后上报。',
    'That officer has to sign in to send it.',
  ]),
  foreignOrigin: say(['请求来自工作站以外的页面，已拒绝。', 'The request came from outside the workstation.'], KEPT, ASK),
  notFound: say(
    ['没有找到这条记录，可能已被撤回。', 'This record was not found; it may have been withdrawn.'],
    MEANT_KEPT,
    LOOK_AGAIN,
  ),
  bodyTooLarge: say(['内容超过允许的大小。', 'The content is larger than allowed.'], NOTHING_CHANGED, [
    '请缩小照片或分开提交（每个文件不超过 15 MB）。',
    'Use a smaller photograph or send in parts (15 MB per file).',
  ]),
  wrongContent: say(
    ['文件内容与其类型不符，或不是可存证的类型。', 'The file is not what its type says, or of a type that is not taken.'],
    ['原件仍保存在本机。', 'The original is kept on this computer.'],
    [
      '请核对原件；可存证的有照片（JPEG、PNG、WebP、HEIC）、PDF 和视频（MP4、MOV）。',
      'Check the original; taken are photographs (JPEG, PNG, WebP, HEIC), PDF and videos (MP4, MOV).',
    ],
  ),
  accountLocked: say(['密码连续不正确，账号已临时锁定。', 'The account is locked for a while after wrong passwords.'], KEPT, [
    '请 15 分钟后再试，或联系本局系统管理员解锁。',
    'Try again in 15 minutes, or ask the administrator to unlock it.',
  ]),
  protocolTooOld: say(['本机程序版本过旧，中心已不再支持。', 'This program is too old for the centre.'], KEPT, [
    '请更新程序；更新前可继续离线工作。',
    'Please update; until then you can go on offline.',
  ]),
  programTooOld: say(['本机程序版本过旧，暂不能办理新工作。', 'This program is too old to begin new work with.'], KEPT, [
    '请更新程序；已保存的工作仍会上报。',
    'Please update; what you saved is still sent.',
  ]),
  segmentGone: say(['中心已重新整理历史数据。', 'The centre has packed its history anew.'], KEPT, AUTOMATIC),
  uploadMoved: say(['附件上传的进度与中心不一致。', 'The centre stands at another place in the file.'], KEPT, AUTOMATIC),
  uploadGone: say(
    ['中心已清除未完成的上传，将重新开始。', 'The centre dropped the unfinished upload; it begins anew.'],
    KEPT,
    AUTOMATIC,
  ),
  partDamaged: say(['附件的一段在传输中损坏。', 'A part of the file was damaged on its way.'], KEPT, AUTOMATIC),
  officerLeft: say(
    ['您的账号已停用。', 'Your account is no longer active.'],
    ['未能办理的工作已交由主管处理。', 'Work that could not be applied was handed to a supervisor.'],
    ASK,
  ),
  tooManyRequests: say(['请求过于频繁。', 'Too many requests at once.'], KEPT, [
    '同步会自动重试；登录请一分钟后再试。',
    'Sending is tried again by itself; sign in again in a minute.',
  ]),

  stateMoved: say(
    ['状态已被更新，此项办理不再适用。', 'The state has moved on; this step no longer applies.'],
    MEANT_KEPT,
    LOOK_AGAIN,
  ),
  mutationReused: say(['同一编号已用于另一项修改。', 'The same number was used for another change.'], MEANT_KEPT, ASK),
  alreadyExists: say(['同样编号的记录已经存在。', 'A record with this id is already there.'], MEANT_KEPT, LOOK_AGAIN),
  parentRefused: say(['它所依据的前一项修改未被接受。', 'An earlier change it stands on was refused.'], MEANT_KEPT, [
    '请先处理前一项，再重新提交此项。',
    'Deal with the earlier one first, then send this again.',
  ]),
  frozen: say(['记录已完成，不能再改动。', 'The record is complete and can no longer change.'], MEANT_KEPT, [
    '如需更正，请另行登记一条更正记录。',
    'To correct it, file a new record.',
  ]),
  badArgs: say(['填写的内容不符合要求。', 'What was entered does not fit.'], NOTHING_CHANGED, [
    '请按提示修改后再保存。',
    'Correct it as indicated and save again.',
  ]),
  unknownMutation: say(['中心不认识这项操作。', 'The centre does not know this action.'], MEANT_KEPT, [
    '请更新程序，或联系本局系统管理员。',
    'Update the program or ask the administrator.',
  ]),
  incomplete: say(['还有必填内容未完成。', 'Something required is still missing.'], KEPT, [
    '请补齐所列项目后再完成。',
    'Fill in what is listed, then complete.',
  ]),

  cursorFork: say(['中心数据的历史已改变。', 'The history of the data at the centre changed.'], KEPT, [
    '本机将重新下载数据，无需操作。',
    'This computer loads the data anew by itself.',
  ]),
  cursorTooOld: say(
    ['本机离线时间较长，需要重新下载数据。', 'This computer was away for long and must load the data anew.'],
    KEPT,
    AUTOMATIC,
  ),
  damagedCursor: say(['本机的同步位置已损坏。', 'The sync position of this computer is damaged.'], KEPT, [
    '本机将重新下载数据，无需操作。',
    'This computer loads the data anew by itself.',
  ]),
  wrongEpoch: say(['中心已从备份恢复或更换。', 'The centre was restored or replaced.'], KEPT, [
    '本机将核对后重新上报，无需操作。',
    'This computer checks and sends again by itself.',
  ]),

  internal: say(['系统发生意外。', 'Something unexpected happened.'], KEPT, [
    '请重试；如再次出现，请联系系统管理员。',
    'Try again; if it happens again, ask the administrator.',
  ]),
  overloaded: say(['中心正忙。', 'The centre is busy.'], KEPT, AUTOMATIC),
  draining: say(['中心正在维护重启。', 'The centre is restarting for maintenance.'], KEPT, AUTOMATIC),

  serverUnreachable: say(['未能连接市局服务器。', 'The bureau’s server cannot be reached.'], KEPT, [
    '可继续工作，联网后自动上报。',
    'Go on working; everything goes up when there is a line.',
  ]),
  notOurServer: say(
    [
      '回答的不是市局服务器（可能是上网认证页面）。',
      'Something other than our server answered (perhaps a login page of the network).',
    ],
    KEPT,
    ['请检查本机网络；可继续离线工作。', 'Check the network; you can go on offline.'],
  ),
  truncatedStream: say(['下载在中途断开。', 'A download broke off.'], KEPT, AUTOMATIC),
  offlinePasswordWrong: say(['密码与本机保存的不符。', 'The password is not the one kept on this computer.'], NOTHING_CHANGED, [
    '请使用上次在本机联网登录时的密码；连续 5 次不正确将锁定。',
    'Use the password of your last online sign-in here; five failures lock it.',
  ]),
  offlineLocked: say(['离线登录已锁定。', 'Offline sign-in is locked.'], KEPT, [
    '请连接市局网络后联网登录一次。',
    'Connect to the bureau’s network and sign in online once.',
  ]),
  offlineUnknown: say(
    [
      '未能连接市局服务器，且该账号未在本机联网登录过。',
      'The server cannot be reached and this account never signed in online on this computer.',
    ],
    NOTHING_CHANGED,
    ['请先联网登录一次，之后即可离线登录。', 'Sign in online once; after that you can sign in offline.'],
  ),
  passwordChanged: say(
    ['密码已更改，本机数据由旧密码封存。', 'The password was changed; the data here is sealed under the earlier one.'],
    ['已封存的内容不会删除。', 'What is sealed is not deleted.'],
    [
      '请输入旧密码，之后将改用新密码封存；不知道旧密码请联系本局系统管理员。',
      'Enter the earlier password and the data is sealed under the new one; if you do not know it, ask the administrator.',
    ],
  ),
  centreChanged: say(
    [
      '中心的签名密钥与本机所知的不同，可能不是真正的中心。',
      'The centre signs with another key than this computer knows; it may be a false one.',
    ],
    KEPT,
    [
      '请先向本局系统管理员核实：中心是否更换过密钥。未核实前请勿继续。',
      'Ask your bureau’s administrator whether the centre was given a new key; do not go on before you know.',
    ],
  ),
  leaseExpired: say(['离线使用期限已到。', 'The time for working offline has run out.'], KEPT, [
    '请连接市局网络后登录，已保存的修改将自动上报。',
    'Connect to the bureau’s network and sign in; what you saved goes up by itself.',
  ]),
  clockTurnedBack: say(['本机时间被调回。', 'The clock of this computer was turned back.'], KEPT, [
    '请校正本机时间后重试。',
    'Set the clock right and try again.',
  ]),
  diskFull: say(
    ['本机磁盘空间不足，无法继续保存。', 'The disk is full; nothing more can be saved.'],
    ['之前保存的工作未受影响。', 'What was saved before is untouched.'],
    ['请清理磁盘后重试，不要关闭程序。', 'Free some space and try again; do not close the program.'],
  ),
  storageBroken: say(
    ['本机数据库无法读取。', 'The database of this computer cannot be read.'],
    ['未上报的修改在本机日志中另有一份。', 'Unsent changes have a second copy in the journal of this computer.'],
    ['请重启程序；如仍出现，请勿清除数据，联系系统管理员。', 'Restart; if it stays, clear nothing and ask the administrator.'],
  ),
  storageSlow: say(
    ['本机存储响应缓慢，这次保存尚未确认。', 'The storage answers slowly; this save is not confirmed.'],
    ['之前保存的工作未受影响。', 'What was saved before is untouched.'],
    ['请稍候再试。', 'Wait a moment and try again.'],
  ),
  hostRefused: say(['桌面程序拒绝了这项操作。', 'The desktop refused this action.'], KEPT, [
    '请重启程序后再试。',
    'Restart the program and try again.',
  ]),
  notHere: say(['此项功能在本机不可用。', 'This is not available on this computer.'], KEPT, ASK),
} as const satisfies Record<FaultKind, FaultText>;

/** The code stands small at the end, for support. */
export const codeOf = (kind: FaultKind): string => CODES[kind][0];

export const isFault = (error: unknown): error is Fault =>
  error instanceof Error && error.name === 'Fault' && 'kind' in error && String(error.kind) in FAULT_TEXT;
