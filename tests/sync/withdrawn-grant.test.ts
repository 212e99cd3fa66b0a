import { expect, test } from 'vitest';
import type { Page } from '#shared/protocol/page.ts';
import { openLocalCopy } from '../../renderer/sync/local-copy.ts';
import { registers } from '../../renderer/sync/register.ts';
import { subjectArgs } from '../support/commands.ts';
import { diceOf } from '../support/dice.ts';
import { emptyDisk, memoryCache, memoryJournal, memoryOutbox } from '../support/memory-client.ts';
import { WANG } from '../support/personas.ts';

const SUBJECTS = 6;
const OTHER = { ...WANG, streams: [...WANG.streams, 'd:620103'] };

function pageOf(district: string, seq: number, subject: string): Page {
  const { id, ...r } = subjectArgs(subject);
  const row = { k: SUBJECTS, id: String(id), d: district, s: seq, v: 1, r };
  return { epoch: 'e1', stream: `d:${district}`, from: 0, rows: [row], seq, mark: 'm', more: false, mine: 0 };
}

async function workstation() {
  const disk = emptyDisk();
  const cache = memoryCache(disk);
  const register = registers(cache);
  const told: string[] = [];
  const dice = diceOf(1);
  const copy = await openLocalCopy(
    { cache, outbox: memoryOutbox(disk), journal: memoryJournal(disk) },
    {
      clock: { now: () => 1_800_000_000_000, sleep: async () => undefined },
      random: { uuid: () => dice.uuid(), fraction: () => dice.fraction() },
      seal: (text) => text,
      defect: fail,
    },
    OTHER,
    (changes) => {
      register.hear(changes);
      if (changes !== 'all') told.push(...changes.puts.keys(), ...changes.removes.keys());
    },
  );
  const found = async (): Promise<string[]> => {
    const asked = { table: 'subjects', search: '', filter: {}, sort: null, offset: 0, limit: 10 } as const;
    return (await register.query(asked)).rows.map(({ id }) => id);
  };
  return { copy, found, told };
}

const fail = (error: unknown): never => {
  throw error;
};

test('when a grant is withdrawn the register shows none of its rows any more, and the windows are told', async () => {
  const { copy, found, told } = await workstation();
  await copy.takePage(pageOf('620102', 1, 'mine'));
  await copy.takePage(pageOf('620103', 1, 'foreign'));
  expect(await found()).toEqual(['mine', 'foreign']);
  told.length = 0;
  await copy.setActor(WANG);
  await copy.dropStream('d:620103');
  expect(await found()).toEqual(['mine']);
  expect(told).toContain('subjects');
});

test('when a stream is loaded anew the register forgets what the centre no longer has', async () => {
  const { copy, found } = await workstation();
  await copy.takePage(pageOf('620102', 1, 'gone'));
  expect(await found()).toEqual(['gone']);
  await copy.dropStream('d:620102');
  await copy.takePage(pageOf('620102', 2, 'there'));
  expect(await found()).toEqual(['there']);
});
