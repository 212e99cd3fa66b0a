/** What a refusal says of this very case: how many tries are left, until when, what exactly broke. */
import type { FaultDetail, FaultKind } from '#shared/errors.ts';
import { clockOf } from '../ui/moments.ts';
import { FAULT_TEXT, type FaultText, isFault } from './fault-text.ts';

export interface Refusal {
  readonly kind: FaultKind;
  readonly detail: FaultDetail;
}

/** Anything that is not an expected refusal is a defect and reads as one. */
export const refusalOf = (error: unknown): Refusal =>
  isFault(error) ? { kind: error.kind, detail: error.detail } : { kind: 'internal', detail: {} };

const KEPT = FAULT_TEXT.hostRefused.safe;
const RESTART = FAULT_TEXT.hostRefused.todo;

/** `storageBroken` where it is not the database that broke, by its reason. */
const BROKEN: Readonly<Record<string, FaultText>> = {
  windowGone: {
    what: ['与桌面程序的连接随另一窗口关闭而中断。', 'The window that reached the desktop program was closed.'],
    safe: KEPT,
    todo: ['请重试；如仍出现，请重启程序。', 'Try again; if it happens again, restart the program.'],
  },
  hostGone: {
    what: ['桌面程序没有应答。', 'The desktop program does not answer.'],
    safe: KEPT,
    todo: RESTART,
  },
  worker: {
    what: ['后台程序未能启动。', 'The background program could not start.'],
    safe: KEPT,
    todo: RESTART,
  },
  vault: {
    what: ['该账号在本机的登录资料已损坏，无法离线登录。', 'What this account needs to sign in offline is damaged.'],
    safe: FAULT_TEXT.passwordChanged.safe,
    todo: FAULT_TEXT.offlineLocked.todo,
  },
};

/** The words for a refusal, with what its detail adds. */
export function textOf({ kind, detail }: Refusal): FaultText {
  const text: FaultText = FAULT_TEXT[kind];
  if (kind === 'storageBroken') return BROKEN[String(detail['reason'])] ?? text;
  if (kind === 'notPermitted' && detail['what'] === 'signIn') return FAULT_TEXT.officerLeft;
  const { left, until } = detail;
  if (kind === 'offlinePasswordWrong' && typeof left === 'number') {
    const todo: FaultText['todo'] =
      left === 0
        ? ['离线登录现已锁定，请联网登录，或稍后再试。', 'Offline sign-in is locked now; sign in online or try again later.']
        : [
            `请使用上次在本机联网登录时的密码；再有 ${left} 次不正确将锁定。`,
            `Use the password of your last online sign-in here; ${left} more wrong ${left === 1 ? 'try locks' : 'tries lock'} it.`,
          ];
    return { ...text, todo };
  }
  if (kind === 'offlineLocked' && typeof until === 'number') {
    const clock = clockOf(until);
    return {
      ...text,
      todo: [`请于 ${clock} 之后再试，或联网登录。`, `Try again after ${clock}, or sign in online.`],
    };
  }
  return text;
}
