import { Fault } from '#shared/errors.ts';
import { type Outcome, pushRequest } from '#shared/protocol/messages.ts';
import { parseJson } from '#shared/protocol/safe-json.ts';
import { type Asked, readCommand } from './asked.ts';
import { actorOf } from './actor.ts';
import type { Centre, Session } from './centre.ts';
import { type Answer, decideAll } from './decide.ts';
import { outcomeLine } from './decision.ts';
import { shaped } from './request.ts';

/** Mutations decided in one transaction. */
const PER_TRANSACTION = 50;

/**
 * Decides the mutations of a push strictly in order and emits the outcomes of each transaction once it is committed.
 * Refuses before the first outcome where the push as a whole cannot be read; a failure of the database later on ends the
 * answer, and what was not answered is sent again by the workstation.
 */
export async function push(centre: Centre, session: Session, body: string, emit: (outcome: Outcome) => void): Promise<void> {
  const request = shaped(pushRequest, parseJson(body));
  const { epoch } = centre.store;
  if (request.epoch !== epoch) throw new Fault('wrongEpoch', 'made for another history of the centre', { epoch });
  if (request.device !== session.device) throw new Fault('badMessage', 'the session is of another workstation');
  let rest = request.commands.map((raw) => readCommand(raw, session.districtId));
  while (rest.length > 0) {
    const answers = await decideFirst(centre, session, rest);
    for (const { decision, again } of answers) emit(outcomeLine(epoch, decision, again));
    rest = rest.slice(answers.length);
  }
}

/** Decides the beginning of `asked` that belongs to one district, in one transaction. */
async function decideFirst(centre: Centre, session: Session, asked: readonly Asked[]): Promise<readonly Answer[]> {
  const district = asked[0]?.district ?? session.districtId;
  const end = asked.findIndex((one) => one.district !== district);
  const run = asked.slice(0, Math.min(PER_TRANSACTION, end === -1 ? asked.length : end));
  const { answers, heads } = await centre.store.write(district, async (tx) => {
    const actor = await actorOf(tx, session, centre.now());
    return decideAll(centre, tx, { actor, device: session.device }, district, run);
  });
  centre.committed(heads);
  return answers;
}
