import { expect, test } from 'vitest';
import { centreOver } from '../../renderer/sync/centre.ts';
import { openLocalCopy } from '../../renderer/sync/local-copy.ts';
import { pushAll } from '../../renderer/sync/push.ts';
import { diceOf } from '../support/dice.ts';
import { emptyDisk, memoryCache, memoryJournal, memoryOutbox } from '../support/memory-client.ts';
import { taskArgs } from '../support/commands.ts';
import { HEAD } from '../support/personas.ts';

test.each(['<html>sign in to this network</html>\n', '{"t":"outcome","constructor":{}}\n'])(
  'an answer that cannot be read refuses nothing of what was sent: %s',
  async (text) => {
    const disk = emptyDisk();
    const dice = diceOf(1);
    const copy = await openLocalCopy(
      { cache: memoryCache(disk), outbox: memoryOutbox(disk), journal: memoryJournal(disk) },
      {
        clock: { now: () => 1_800_000_000_000, sleep: async () => undefined },
        random: { uuid: () => dice.uuid(), fraction: () => dice.fraction() },
        seal: (line) => line,
        defect: (error) => {
          throw error;
        },
      },
      HEAD,
      () => undefined,
    );
    const { mid } = await copy.mutate('tasks.dispatch', taskArgs('t1', 's1'));
    const { signal } = new AbortController();
    const answer = {
      status: 200,
      contentType: 'application/x-ndjson',
      bytes: new TextEncoder().encode(text),
      complete: true,
    };
    const centre = centreOver({ send: async () => answer, events: async () => undefined }, () => 'token', signal);
    const sender = { centre, copy, device: dice.uuid(), actor: HEAD.id, known: undefined, decided: () => undefined };

    await expect(pushAll(sender, dice.uuid(), signal)).rejects.toMatchObject({ kind: 'notOurServer' });
    expect(copy.waiting()).toMatchObject([{ mid }]);
    expect(disk.issues.size).toBe(0);
  },
);
