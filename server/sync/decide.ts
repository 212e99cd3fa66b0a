/**
 * Decides mutations inside one writing transaction. In this order: decided before? → readable → own → known, arguments fit →
 * a grant on the district → its parent not refused → the rule itself.
 *
 * Invariants
 * 1. Every mutation ends in one decision, kept for ever; asked again it gets that decision again.
 * 2. What refuses changes nothing. A refusal (`Fault`) is a decision; any other error of a rule is a defect, logged and
 *    decided as `internal`, so that nothing behind it is held up. A failure of the database decides nothing.
 * 3. A mutation under somebody else's name is refused without being decided: its own officer may still send it.
 * 4. Work that comes after the grant on its district has ended is refused, and in the same transaction kept word for word for a
 *    supervisor: nothing of it is applied, nothing of it is lost.
 */
import { Fault, type FaultDetail } from '#shared/errors.ts';
import type { Actor, FieldConflict } from '#shared/schema/mutation.ts';
import { districtStream } from '#shared/schema/stream.ts';
import { grants } from '#shared/tables/grants.ts';
import { officers } from '#shared/tables/officers.ts';
import { type AuditLine, type AuditTip, nextLine } from '../audit/chain.ts';
import { StoreFailure, type Work, type WriteTx } from '../store/centre-store.ts';
import type { Asked } from './asked.ts';
import { mustWorkIn, SYSTEM } from './actor.ts';
import { holdOf } from './hold.ts';
import { Batch, MutationTx } from './batch.ts';
import type { Centre } from './centre.ts';
import { type Decision, type StoredDecision, stored } from './decision.ts';

export interface Author {
  readonly actor: Actor;
  readonly device: string;
}

export interface Answer {
  readonly decision: StoredDecision;
  readonly again: boolean;
}

interface Verdict {
  readonly status: Decision['status'];
  readonly fault: Fault | null;
  readonly conflicts: readonly FieldConflict[] | null;
  readonly streams: readonly string[];
}

const noGrant = (district: string): Fault =>
  new Fault('grantMissing', 'no grant on this stream', { stream: districtStream(district) });

const refused = (fault: Fault): Verdict => ({ status: 'rejected', fault, conflicts: null, streams: [] });

/**
 * Decides `asked`, which all go into the books of `district`, in order, and saves what was decided. What belongs to another
 * district is refused there: nothing of another district is read or written.
 * Ends early after a mutation that changed officers or grants, because what a person may do is read once per transaction.
 */
export async function decideAll(
  centre: Pick<Centre, 'now' | 'mark' | 'defect'>,
  tx: WriteTx,
  author: Author,
  district: string,
  asked: readonly Asked[],
): Promise<{ readonly answers: readonly Answer[]; readonly heads: ReadonlyMap<string, number> }> {
  const room = await openRoom(tx, district, asked);
  const answers: { readonly decision: Decision | StoredDecision; readonly again: boolean }[] = [];
  for (const one of asked) {
    answers.push(await room.decide(centre, author, one));
    if (author.actor !== SYSTEM && (room.batch.changed(officers) || room.batch.changed(grants))) break;
  }
  const heads = await tx.save({ ...room.work(), mark: centre.mark() });
  return {
    heads,
    answers: answers.map(({ decision, again }) => ({
      again,
      decision: 'heads' in decision ? decision : stored(decision, heads),
    })),
  };
}

async function openRoom(tx: WriteTx, district: string, asked: readonly Asked[]): Promise<DecisionRoom> {
  const batch = new Batch(tx, district);
  const targets = Map.groupBy(
    asked.flatMap(({ run }) => (run instanceof Fault ? [] : [run])),
    ({ table }) => table,
  );
  for (const [table, runs] of targets)
    await batch.prefetch(
      table,
      runs.map(({ target }) => target),
    );
  const mids = new Set(asked.flatMap(({ mid, after }) => (after === null ? [mid] : [mid, after])));
  return new DecisionRoom(batch, await tx.decided([...mids]), await tx.auditTip());
}

/** Where the mutations of one transaction are decided one after another. */
class DecisionRoom {
  readonly batch: Batch;
  readonly #known: Map<string, Decision | StoredDecision>;
  readonly #decisions: Decision[] = [];
  readonly #audit: AuditLine[] = [];
  #tip: AuditTip;

  constructor(batch: Batch, known: ReadonlyMap<string, StoredDecision>, tip: AuditTip) {
    this.batch = batch;
    this.#known = new Map(known);
    this.#tip = tip;
  }

  work(): Omit<Work, 'mark'> {
    return { ...this.batch.work(), decisions: this.#decisions, audit: this.#audit };
  }

  async decide(
    centre: Pick<Centre, 'now' | 'defect'>,
    author: Author,
    asked: Asked,
  ): Promise<{ readonly decision: Decision | StoredDecision; readonly again: boolean }> {
    const before = this.#known.get(asked.mid);
    const receivedAt = centre.now();
    if (before?.payload === asked.payload) return { decision: before, again: true };
    if (before) {
      const fault = new Fault('mutationReused', 'this id stands for another mutation', { name: before.name });
      return { decision: decisionOf(asked, this.batch.district, author, refused(fault), receivedAt), again: false };
    }
    const verdict = await this.#judge(centre, author.actor, asked);
    const decision = decisionOf(asked, this.batch.district, author, verdict, receivedAt);
    this.#record(asked, decision);
    if (verdict.fault?.kind === 'wrongActor') return { decision, again: false };
    this.#keep(decision);
    const hold = verdict.fault?.kind === 'grantMissing' ? holdOf(asked, this.batch.district, receivedAt) : undefined;
    if (hold) await this.decide(centre, { actor: SYSTEM, device: author.device }, hold);
    return { decision, again: false };
  }

  #keep(decision: Decision): void {
    this.#known.set(decision.mid, decision);
    this.#decisions.push(decision);
  }

  async #judge(centre: Pick<Centre, 'defect'>, actor: Actor, asked: Asked): Promise<Verdict> {
    const { run, district, at } = asked;
    try {
      if (run instanceof Fault && run.kind === 'badMessage') throw run;
      if (asked.actor !== actor.id) throw new Fault('wrongActor', 'made under another name');
      if (run instanceof Fault) throw run;
      if (district !== this.batch.district) throw noGrant(district);
      mustWorkIn(actor, district);
      if (asked.after !== null && this.#known.get(asked.after)?.status === 'rejected')
        throw new Fault('parentRefused', 'what it stands on was refused', { after: asked.after });
      const tx = new MutationTx(this.batch);
      const conflicts = await run.mutation.run(tx, run.args, { actor, district, at });
      const streams = this.batch.take(tx.writes);
      return { status: conflicts ? 'merged' : 'applied', fault: null, conflicts: conflicts ?? null, streams };
    } catch (error) {
      if (error instanceof StoreFailure) throw error;
      if (error instanceof Fault) return refused(error);
      centre.defect(error, { mid: asked.mid, name: asked.name });
      return refused(new Fault('internal', 'the rule failed'));
    }
  }

  #record(asked: Asked, { mid, district, actor, device, name, status, code, receivedAt }: Decision): void {
    const target = asked.run instanceof Fault ? '' : asked.run.target;
    const entry = { district, mid, actor, device, name, target, status, code, receivedAt, argsDigest: asked.argsDigest };
    const line = nextLine(this.#tip, entry);
    this.#tip = line;
    this.#audit.push(line);
  }
}

function decisionOf(asked: Asked, district: string, { actor, device }: Author, verdict: Verdict, receivedAt: number): Decision {
  const { mid, n, name, v, payload, at } = asked;
  const { status, fault, conflicts, streams } = verdict;
  const refusal: { code: string | null; detail: FaultDetail | null } = fault
    ? { code: fault.code, detail: fault.detail }
    : { code: null, detail: null };
  return { mid, district, device, n, actor: actor.id, name, v, payload, status, ...refusal, conflicts, at, receivedAt, streams };
}
