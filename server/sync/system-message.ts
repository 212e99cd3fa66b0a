import { Fault } from '#shared/errors.ts';
import { mutationOfName } from '#shared/tables/index.ts';
import { digest } from '../audit/chain.ts';
import { SYSTEM } from './actor.ts';

/** What a machine wants done; `at` in ms. */
export interface MachineCommand {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly at: number;
}

/** What a machine wants done as the message it would be. Its id follows from what it says, so the same again is the same. */
export function systemMessage({ name, args, at }: MachineCommand, district: string): Record<string, unknown> {
  const v = mutationOfName.get(name)?.mutation.v;
  if (v === undefined) throw new Fault('unknownMutation', 'no such mutation', { name });
  const mid = uuidFrom(digest({ name, args, at, district }));
  return { mid, n: 1, name, v, district, actor: SYSTEM.id, at, offsetMs: 0, after: null, args };
}

/** A version 8 uuid (RFC 9562) from the beginning of a digest. */
const uuidFrom = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
