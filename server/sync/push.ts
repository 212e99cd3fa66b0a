import type * as z from 'zod';
import { CODES, Fault } from '#shared/errors.ts';
import { type Outcome, pushRequest } from '#shared/protocol/messages.ts';
import { parseJson } from '#shared/protocol/safe-json.ts';
import { districtStream } from '#shared/schema/stream.ts';
import type { History, Snapshot } from '../store/centre-store.ts';
import { type Asked, readCommand } from './asked.ts';
import { actorOf } from './actor.ts';
import type { Centre, Session } from './centre.ts';
import { checkCursor } from './cursor-check.ts';
import { type Answer, decideAll } from './decide.ts';
import { outcomeLine } from './decision.ts';
import { shaped } from './request.ts';

/**
 * Decides the mutations of a push strictly in order and emits the outcomes of each transaction once it is committed.
 * Refuses before the first outcome where the push as a whole cannot be read or comes from another history; a failure of the
 * database later on ends the answer, and what was not answered is sent again by the workstation.
 */
export async function push(centre: Centre, session: Session, body: string, emit: (outcome: Outcome) => void): Promise<void> {
  const request = shaped(pushRequest, parseJson(body));
  const { epoch } = centre.store;
  if (request.epoch !== epoch) throw new Fault('wrongEpoch', 'made for another history of the centre', { epoch });
  if (request.device !== session.device) throw new Fault('badMessage', 'the session is of another workstation');
  let rest = request.commands.map((raw) => readCommand(raw, session.districtId));
  const chains = await centre.store.read((snapshot) => chainsOf(snapshot, session), session.districtId);
  let { acked } = request;
  while (rest.length > 0) {
    const said = { cursors: request.cursors, acked };
    const answers = await decideFirst(centre, session, said, rest, chains);
    for (const { decision, again } of answers) emit(outcomeLine(epoch, decision, again));
    acked = Math.max(acked, ...answers.flatMap(({ decision: { code, n } }) => (code === NOT_KEPT ? [] : [n])));
    rest = rest.slice(answers.length);
  }
}

/** A mutation under somebody else's name gets no decision that would be kept. */
const NOT_KEPT = CODES.wrongActor[0];

type Said = Pick<z.infer<typeof pushRequest>, 'cursors' | 'acked'>;

/**
 * Refuses with `cursorFork` what was made over rows of a history that is not this one, or after work this one does not know: first
 * the workstation must load anew. Asked within the transaction that decides, because a database can be restored at any moment.
 */
async function mustBeOneHistory(history: History, session: Session, { cursors, acked }: Said, book: string): Promise<void> {
  if ((await history.lastN(session.officerId, session.device)) < acked)
    throw new Fault('cursorFork', 'what was acknowledged is not known here', { acked });
  for (const cursor of cursors.filter(({ stream }) => stream === districtStream(book))) {
    try {
      await checkCursor(history, cursor);
    } catch (error) {
      if (!(error instanceof Fault) || error.kind !== 'cursorTooOld') throw error;
    }
  }
}

/** Districts in whose books the officer's work may stand, refused or not: the home district and those ever granted. */
async function chainsOf(snapshot: Snapshot, session: Session): Promise<ReadonlySet<string>> {
  const granted = (await snapshot.grantsOf(session)).map(({ stream }) => stream);
  return new Set([districtStream(session.districtId), ...granted]);
}

/** Decides the beginning of `asked` that belongs to one district, in one transaction. */
async function decideFirst(
  centre: Centre,
  session: Session,
  said: Said,
  asked: readonly Asked[],
  chains: ReadonlySet<string>,
): Promise<readonly Answer[]> {
  // What names a district the officer never had to do with is refused in the books of their own.
  const bookOf = ({ district }: Asked): string => (chains.has(districtStream(district)) ? district : session.districtId);
  const [first] = asked;
  const book = first ? bookOf(first) : session.districtId;
  const end = asked.findIndex((one) => bookOf(one) !== book || one.district !== first?.district);
  const run = asked.slice(0, end === -1 ? asked.length : end);
  const { answers, heads } = await centre.store.write(book, async (tx) => {
    await mustBeOneHistory(tx, session, said, book);
    const actor = await actorOf(tx, session, centre.now());
    return decideAll(centre, tx, { actor, device: session.device }, book, run);
  });
  centre.committed(heads);
  return answers;
}
