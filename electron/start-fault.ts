import * as z from 'zod';
import { Fault } from '#shared/errors.ts';
import { errorCode } from './capabilities/io-fault.ts';

const KNOWN: Readonly<Record<string, string>> = {
  secondInstance:
    '工作站已在运行：请使用已打开的窗口，或先关闭它。\nThe workstation runs already: use its window, or close it first.',
  portTaken:
    '端口已被其他程序占用：请关闭该程序，或设置 WORKSTATION_PORT。\nThe port is taken: end that program, or set WORKSTATION_PORT.',
  notBuilt: '界面尚未构建：请先运行 npm start 或 npm run build。\nThe page is not built: run npm start or npm run build first.',
};
const NOT_WRITABLE = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR']);

/** Why the workstation could not start and what to do about it; a defect as it is. */
export function startFault(error: unknown): string {
  if (error instanceof z.ZodError) {
    const flaws = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
    return `设置（config.json 或环境变量）不符：${flaws}\nSettings (config.json or environment) do not fit: ${flaws}`;
  }
  if (error instanceof Fault) {
    const known = KNOWN[String(error.detail['reason'])];
    if (known !== undefined) return known;
  }
  if (NOT_WRITABLE.has(error instanceof Fault ? String(error.detail['code']) : errorCode(error)))
    return '数据文件夹不可写：请修正其权限，或用 WORKSTATION_DATA 指定另一个文件夹。\nThe data folder cannot be written: mend its permissions, or name another by WORKSTATION_DATA.';
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
