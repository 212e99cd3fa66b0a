import type * as z from 'zod';
import { Fault } from '#shared/errors.ts';
import { eachCall, type Host } from '#shared/host/contract.ts';
import { type Envelope, refusal } from '#shared/host/envelope.ts';
import { logHost } from './log.ts';

interface KnownCall {
  readonly args: z.ZodType;
  readonly result: z.ZodType;
  readonly run: (host: Host, args: unknown) => Promise<unknown>;
}

/** Every call by its full name; a Map, so that `__proto__` and `constructor` are names like any other: unknown. */
const KNOWN = new Map<string, KnownCall>();
eachCall((namespace, method, { args, result }) => {
  // The contract and `Host` have the same keys by construction; only the link between name and type is lost here.
  const run: KnownCall['run'] = (host, given) =>
    (host as unknown as Record<string, Record<string, (args: unknown) => Promise<unknown>>>)[namespace]![method]!(given);
  KNOWN.set(`${namespace}.${method}`, { args, result, run });
});

/** Answers one call from the screen; never throws. */
export async function dispatch(host: Host, name: unknown, given: unknown): Promise<Envelope> {
  try {
    const call = typeof name === 'string' ? KNOWN.get(name) : undefined;
    if (!call) throw new Fault('hostRefused', 'the desktop has no such call', { reason: 'unknownCall' });
    const args = call.args.safeParse(given);
    if (!args.success) throw new Fault('badArgs', 'arguments do not fit', { flaws: flawsOf(args.error) });
    return { ok: true, value: call.result.parse(await call.run(host, args.data)) };
  } catch (error) {
    const answer = refusal(error);
    if (!answer.ok) logHost('call refused', { call: String(name).slice(0, 80), kind: answer.kind, error });
    return answer;
  }
}

const flawsOf = (error: z.ZodError): readonly unknown[] =>
  error.issues.slice(0, 20).map((issue) => ({ field: issue.path.join('.'), flaw: issue.message }));
