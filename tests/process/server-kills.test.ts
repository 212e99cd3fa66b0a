import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { diceOf } from '../support/dice.ts';
import { type CentreProcess, startSeededCentre } from './centre-process.ts';
import { BAD, GOOD } from './fault-proxy.ts';
import { type Done, prove } from './proof.ts';
import { allQuiet } from './quiet.ts';
import { report } from './result.ts';
import { workAt } from './work.ts';
import { openWorkstation, type Workstation } from './workstation.ts';

const KILLS = Number(process.env['SERVER_KILLS'] ?? 50);
const SEED = Number(process.env['KILL_SEED'] ?? 620_102);

let centre: CentreProcess;
let stations: readonly Workstation[];

beforeAll(async () => {
  centre = await startSeededCentre('village');
  const accounts = ['chengguan01', 'chengguan02', 'chengguan-head'];
  stations = await Promise.all(accounts.map((account, i) => openWorkstation(account, diceOf(SEED + i), () => centre.address())));
}, 120_000);
afterAll(async () => {
  for (const station of stations) await station.close();
  await centre.close();
});

test(`the centre is killed ${KILLS} times amid pushes over bad lines, seed ${SEED}: nothing saved is lost, nothing is there twice`, async () => {
  const dice = diceOf(SEED);
  const started = performance.now();
  await allQuiet(centre, stations);
  const over = new AbortController();
  const works = stations.map((station, i) => workAt(station, diceOf(SEED + 10 + i)));
  const working = Promise.all(works.map((work) => work.go(over.signal)));
  for (const { line } of stations) line.line = BAD;
  let amid = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    await moment();
    if (stations.some(({ line }) => line.pushing() > 0)) amid += 1;
    await centre.kill(dice.chance(0.5) ? 'power' : 'program');
    await centre.start();
  }
  over.abort();
  await working;
  for (const { line } of stations) line.line = GOOD;
  await allQuiet(centre, stations);

  const proof = await prove(centre, work());
  const seconds = Math.round((performance.now() - started) / 1000);
  const faults = stations.flatMap(({ line }) => [...line.fallen.values()]).reduce((sum, n) => sum + n, 0);
  const here = works.reduce((sum, one) => sum + one.refused(), 0);
  report(
    'server',
    { what: '中心 kill -9', times: KILLS, ...proof, seconds },
    `${amid} kills while a push was unanswered, ${faults} faults of the lines, ${here} refused at once, seed ${SEED}`,
  );
  expect(proof.flaws).toEqual([]);
  expect(amid).toBeGreaterThan(KILLS / 2);

  /** Mostly right behind a push, else any time. */
  async function moment(): Promise<void> {
    const later = new AbortController();
    const push = Promise.race(stations.map(({ line }) => line.next('/sync/v1/push')));
    if (dice.chance(0.9)) {
      await Promise.race([push, pause(5000, undefined, { signal: later.signal }).catch(() => undefined)]);
      later.abort();
      await pause(dice.below(12));
    } else await pause(dice.below(600));
  }
}, 600_000);

test('a proof that saw nothing would prove nothing: what is taken away, doubled or changed by hand is seen', async () => {
  const [station] = stations;
  const note = station?.saved.findLast(({ name }) => name === 'inspections.addNote');
  if (!station || !note) throw new Error('nobody worked');
  const hand = async (sql: string, ...values: readonly unknown[]): Promise<readonly string[]> => {
    await centre.rows(sql, values);
    const { flaws } = await prove(centre, work());
    return [...new Set(flaws.map(({ promise }) => promise))];
  };
  expect(
    await hand(`update inspections set note = note || E'\n' || $2 where id = $1`, note.args['id'], note.args['text']),
  ).toEqual(['the effect is there once']);
  await expect(allQuiet(centre, stations, 3000)).rejects.toThrow(Error);
  expect(await hand('delete from sync_mutation where mid = $1', note.mid)).toContain('saved means saved');
  expect(await hand('update audit set no = no + 1 where no = (select max(no) from audit)')).toContain('the chain verifies');
});

/** No refusal excuses anything: the centre has every one of its decisions. */
const work = (): Done[] => stations.map((station) => ({ ...station.done(), told: new Set() }));
