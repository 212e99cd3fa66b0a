/**
 * The workstation's own code sends files over a line that is cut at any byte, whose messages arrive twice and late, and whose answers
 * get lost. Whatever happens, the centre ends with the very bytes or with a refusal in words.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Fault } from '#shared/errors.ts';
import { centreOver } from '../../renderer/sync/centre.ts';
import type { Wire } from '../../renderer/sync/ports.ts';
import { uploadFile } from '../../renderer/sync/upload-file.ts';
import { fetchWire } from '../../renderer/sync/wire-fetch.ts';
import { type Cluster, startCluster } from '../pg/cluster.ts';
import { commandOf, pushAll, subjectArgs } from '../support/commands.ts';
import { type CutLine, cutLine } from '../support/cut-line.ts';
import { type Dice, diceOf } from '../support/dice.ts';
import { type RunningCentre, runCentre } from './running-centre.ts';

const SEEDS = Array.from({ length: 24 }, (_, i) => 1000 + i);
const MOST_TRIES = 300;

let cluster: Cluster;
let running: RunningCentre;
let wang: Awaited<ReturnType<RunningCentre['signedIn']>>;
let cuts = 0;

beforeAll(async () => {
  cluster = await startCluster();
  running = await runCentre(await cluster.newDatabase());
  wang = await running.signedIn('o-wang');
  await pushAll(running.centre, wang, [commandOf(wang, 'subjects.register', subjectArgs('s1'))]);
}, 120_000);
afterAll(async () => {
  await running.stop();
  await cluster.stop();
});

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function photograph(dice: Dice): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(16 + dice.below(900_000));
  for (let at = 0; at < bytes.length; at += 4096) bytes[at] = dice.below(256);
  bytes.set([0xff, 0xd8, 0xff]);
  return bytes;
}

async function announce(id: string, sha256: string, sizeBytes: number): Promise<void> {
  const args = {
    id,
    ownerTable: 'subjects',
    ownerId: 's1',
    sha256,
    thumbSha256: null,
    sizeBytes,
    mime: 'image/jpeg',
    caption: '',
    takenAt: 1,
    takenBy: 'o-wang',
    state: 'announced',
  };
  const [outcome] = await pushAll(running.centre, wang, [commandOf(wang, 'attachments.announce', args)]);
  expect(outcome?.status).toBe('applied');
}

/** Each new stretch of the line holds for so many bytes, or for good. */
const weakLine = (dice: Dice): Promise<CutLine> =>
  cutLine(Number(new URL(running.url).port), () => (dice.chance(0.5) ? 1 + dice.below(400_000) : undefined));

interface Weather {
  readonly wire: Wire;
  /** Resolves when no copy of a message is under way any more. */
  settled(): Promise<unknown>;
}

/** Messages of `line` that arrive twice, also long after, and answers that get lost. */
function weather(dice: Dice, line: CutLine): Weather {
  const [real, direct] = [fetchWire(`http://127.0.0.1:${line.port}`, ''), fetchWire(running.url, '')];
  const late: Promise<unknown>[] = [];
  return {
    settled: () => Promise.all(late),
    wire: {
      ...real,
      async send(request) {
        const copy = { ...request, signal: new AbortController().signal };
        if (dice.chance(0.3))
          late.push(
            pause(dice.below(60)).then(() => direct.send(copy).catch((error: unknown) => expect(error).toBeInstanceOf(Fault))),
          );
        const answer = await real.send(request);
        if (dice.chance(0.15)) throw new Fault('serverUnreachable', 'the answer got lost');
        return answer;
      },
    },
  };
}

/** Tries as the engine does, without its pauses; answers how it ended. */
async function sendUntilDecided(wire: Wire, sha256: string, bytes: Uint8Array<ArrayBuffer>): Promise<'stored' | Fault> {
  const centre = centreOver(wire, () => wang.token, new AbortController().signal);
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    try {
      if (
        await uploadFile(
          centre,
          { sha256, district: '620102' },
          bytes,
          () => undefined,
          async () => true,
        )
      )
        return 'stored';
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      if (!error.retryable) return error;
    }
  }
  throw new Error('it never ended');
}

test.each(SEEDS)('cut, doubled, late and lost, the centre ends with the very bytes: seed %i', async (seed) => {
  const dice = diceOf(seed);
  const bytes = photograph(dice);
  const sha256 = sha(bytes);
  await announce(`a-${seed}`, sha256, bytes.length);
  const line = await weakLine(dice);
  const sky = weather(dice, line);
  expect(await sendUntilDecided(sky.wire, sha256, bytes)).toBe('stored');
  await sky.settled();
  await line.close();
  cuts += line.cuts;
  expect(readFileSync(join(running.dataDir, 'files', sha256.slice(0, 2), sha256)).equals(bytes)).toBe(true);
  const { rows } = await running.database.sql.query(`select state from attachments where "districtId" = '620102' and id = $1`, [
    `a-${seed}`,
  ]);
  expect(rows).toEqual([{ state: 'stored' }]);
});

test.each(SEEDS.slice(0, 6))('bytes that are not those announced are never kept: seed %i', async (seed) => {
  const dice = diceOf(seed * 7);
  const [bytes, other] = [photograph(dice), photograph(dice)];
  const sha256 = sha(other);
  await announce(`b-${seed}`, sha256, bytes.length);
  const line = await weakLine(dice);
  const sky = weather(dice, line);
  expect(await sendUntilDecided(sky.wire, sha256, bytes)).toMatchObject({ kind: 'badArgs' });
  await sky.settled();
  await line.close();
  cuts += line.cuts;
  expect(await running.ask('GET', `/sync/v1/files/${sha256}?district=620102`, { token: wang.token })).toMatchObject({
    status: 404,
  });
});

test('the line was really cut', () => expect(cuts).toBeGreaterThan(SEEDS.length));
