import * as z from 'zod';
import { Fault } from '#shared/errors.ts';
import { command } from '#shared/protocol/messages.ts';
import { argsOfToday } from '#shared/schema/mutation.ts';
import { checkArgs } from '#shared/schema/table.ts';
import { mutationOfName, type NamedMutation } from '#shared/tables/index.ts';
import { digest } from '../audit/chain.ts';
import { isStorable } from './storable.ts';

/** A mutation that is known here, with arguments that fit. */
export interface Runnable extends NamedMutation {
  readonly args: Record<string, unknown>;
  readonly target: string;
}

/** One mutation as it came, read as far as it can be read before any row is looked at. */
export interface Asked {
  readonly mid: string;
  readonly n: number;
  readonly name: string;
  readonly v: number;
  readonly district: string;
  readonly actor: string;
  readonly at: number;
  readonly after: string | null;
  /** The arguments as they were sent; undefined when they could not be read. */
  readonly said: Readonly<Record<string, unknown>> | undefined;
  readonly payload: string;
  readonly argsDigest: string;
  /** How to run it, or why it never can. */
  readonly run: Runnable | Fault;
}

const readableMid = z.object({ mid: z.uuid() });
const readableDistrict = z.object({ district: command.shape.district });

/**
 * Reads a command. One that is damaged is still decided (refused) when its id can be read; without an id nothing can be
 * answered, and the whole push is refused.
 */
export function readCommand(raw: unknown, homeDistrict: string): Asked {
  const read = command.safeParse(raw);
  if (!read.success || !isStorable(raw)) return damaged(raw, homeDistrict, read.error?.issues[0]?.message ?? 'unstorable text');
  const { mid, n, name, v, district, actor, at, after, args } = read.data;
  const said = { name, v, district, actor, at, args };
  return {
    mid,
    n,
    name,
    v,
    district,
    actor,
    at,
    after,
    said: args,
    payload: digest(said),
    argsDigest: digest(args),
    run: readRun(name, v, args),
  };
}

function readRun(name: string, v: number, args: Readonly<Record<string, unknown>>): Runnable | Fault {
  const known = mutationOfName.get(name);
  const today = known && argsOfToday(known.mutation, v, args);
  if (!known || !today) return new Fault('unknownMutation', 'no such mutation here', { name, v });
  try {
    const checked = checkArgs(known.mutation.args, today);
    return { ...known, args: checked, target: known.mutation.target(checked) };
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}

function damaged(raw: unknown, homeDistrict: string, flaw: string): Asked {
  const id = readableMid.safeParse(raw);
  if (!id.success) throw new Fault('badMessage', 'a mutation without a readable id', { flaw });
  const district = readableDistrict.safeParse(raw).data?.district ?? homeDistrict;
  const nothing = { n: 0, name: '', v: 0, actor: '', at: 0, after: null, said: undefined };
  const run = new Fault('badMessage', 'the mutation cannot be read', { flaw });
  return { ...nothing, mid: id.data.mid, district, payload: digest(raw), argsDigest: digest(null), run };
}
