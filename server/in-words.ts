import * as z from 'zod';

/** Why a start or an administrator's command failed, for the person at the console: every message down to the first cause. */
export function inWords(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error);
  if (!(error instanceof Error)) return String(error);
  const said = error.message || (error as NodeJS.ErrnoException).code || error.name;
  return error.cause === undefined ? said : `${said}: ${inWords(error.cause)}`;
}
