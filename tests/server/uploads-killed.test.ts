import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Fault } from '#shared/errors.ts';
import { centreOver } from '../../renderer/sync/centre.ts';
import { uploadFile } from '../../renderer/sync/upload-file.ts';
import { fetchWire } from '../../renderer/sync/wire-fetch.ts';
import { type Cluster, startCluster } from '../pg/cluster.ts';
import { attachmentArgs, commandOf, pushAll, subjectArgs } from '../support/commands.ts';
import { diceOf } from '../support/dice.ts';
import { runCentre } from './running-centre.ts';
import { endProgram, startProgram } from './started-centre.ts';

const KILLS = 8;
const SEED = 20_261_124;
let cluster: Cluster;
const dataDir = mkdtempSync(join(tmpdir(), 'centre-'));

beforeAll(async () => {
  cluster = await startCluster({ durable: true });
}, 120_000);
afterAll(async () => {
  await cluster.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

test(`a centre killed ${KILLS} times amid the parts of a file ends with the very bytes: seed ${SEED}`, {
  timeout: 120_000,
}, async () => {
  const dice = diceOf(SEED);
  const bytes = Uint8Array.from({ length: 6_000_000 }, (_, at) => (at * 31 + (at >> 11)) & 255);
  bytes.set([0xff, 0xd8, 0xff]);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const DATABASE_URL = await cluster.newDatabase();
  const setUp = await runCentre(DATABASE_URL);
  const wang = await setUp.signedIn('o-wang');
  await pushAll(setUp.centre, wang, [
    commandOf(wang, 'subjects.register', subjectArgs('s0')),
    commandOf(wang, 'attachments.announce', { ...attachmentArgs('a1', sha256), sizeBytes: bytes.length }),
  ]);
  await setUp.stop();

  /** Sends to a centre that is killed soon after so many parts; answers how it ended and where the file stood when it began, if that was heard. */
  const send = async (
    kill: { readonly parts: number; readonly ms: number } | null,
  ): Promise<{ readonly ended: unknown; readonly from: readonly number[] }> => {
    const { address = '', child, complaint } = await startProgram(dataDir, { DATABASE_URL });
    expect(complaint).toBe('');
    const centre = centreOver(fetchWire(address, ''), () => wang.token, new AbortController().signal);
    const stands: number[] = [];
    const note = (offset: number) => {
      if (stands.push(offset) === kill?.parts) void pause(kill.ms).then(() => child.kill('SIGKILL'));
    };
    const sending = uploadFile(centre, { sha256, district: '620102' }, bytes, note, async () => true);
    const ended = await sending.catch((error: unknown) => error);
    await endProgram(child, kill === null ? 'SIGTERM' : 'SIGKILL');
    return { ended, from: stands.slice(0, 1) };
  };

  const from: number[] = [];
  for (let kills = 0; kills < KILLS; kills++) {
    const { ended, from: stood } = await send({ parts: 1 + dice.below(3), ms: dice.below(8) });
    from.push(...stood);
    expect(ended === true || (ended instanceof Fault && ended.retryable)).toBe(true);
  }
  expect(await send(null)).toMatchObject({ ended: true });
  expect(from, 'nothing that was acknowledged is lost').toEqual(from.toSorted((a, b) => a - b));
  expect(readFileSync(join(dataDir, 'files', sha256.slice(0, 2), sha256)).equals(bytes)).toBe(true);
});
