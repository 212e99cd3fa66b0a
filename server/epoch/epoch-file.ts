import { randomUUID } from 'node:crypto';
import { readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import { durably, ifThere, syncFolder } from '../files/durable.ts';
import type { Memory, Remembered } from './why-new.ts';

const shape = z.object({
  epoch: z.uuid(),
  systemId: z.string(),
  timeline: z.int(),
  heads: z.record(z.string(), z.int().min(0)),
});

/** What was remembered at this place; undefined where nothing is, as at the first start and at a new server's. */
export async function recall(path: string): Promise<Memory> {
  const text = await ifThere(readFile(path, 'utf8'));
  if (text === undefined) return undefined;
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    return 'damaged'; // it is written whole, so what damaged it may have damaged more: said in the epoch that follows
  }
}

/** Resolves once it is on disk; whoever reads meanwhile gets what was there before. */
export async function remember(path: string, remembered: Remembered): Promise<void> {
  const half = `${path}.${randomUUID()}.part`;
  await durably(half, 'wx', (file) => file.writeFile(`${JSON.stringify(remembered, undefined, 1)}\n`));
  await rename(half, path);
  await syncFolder(dirname(path));
}
