import { Fault } from '#shared/errors.ts';

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** What a failed file operation means to the officer: a full disk she can free, or a storage that no longer works. Defects stay what they are. */
export function ioFault(error: unknown): unknown {
  const code = errorCode(error);
  if (error instanceof Fault || code === '') return error;
  if (FULL.has(code)) return new Fault('diskFull', 'no space left for local data', { code });
  return new Fault('storageBroken', 'a local file could not be read or written', { code });
}

/** `ENOENT` and the like; empty for errors that do not come from the system. */
export const errorCode = (error: unknown): string =>
  error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string' ? error.code : '';

export const isMissing = (error: unknown): boolean => errorCode(error) === 'ENOENT';
