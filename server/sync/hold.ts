import { type Asked, readCommand } from './asked.ts';
import { CODES } from '#shared/errors.ts';
import { systemMessage } from './system-message.ts';

/** The mutation that keeps refused work for the supervisors of `district`; undefined where it could not be read, or was never theirs. */
export function holdOf(refused: Asked, district: string, receivedAt: number): Asked | undefined {
  const { mid, name, v, actor, at, said } = refused;
  if (said === undefined || refused.district !== district) return undefined;
  const args = {
    id: mid,
    officerId: actor,
    mutation: name,
    version: v,
    targetId: typeof said['id'] === 'string' ? said['id'].slice(0, 64) : '',
    args: said,
    code: CODES.grantMissing[0],
    doneAt: at,
    receivedAt,
    handledBy: null,
    handledAt: null,
    reason: null,
    state: 'held',
  };
  return readCommand(systemMessage({ name: 'heldWork.hold', args, at: receivedAt }, district), district);
}
