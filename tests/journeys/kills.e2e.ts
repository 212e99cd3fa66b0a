import { setTimeout as pause } from 'node:timers/promises';
import { expect, type JSHandle, type Page, test } from '@playwright/test';
import type { AnyRow } from '#shared/schema/table.ts';
import { type CentreProcess, startSeededCentre } from '../process/centre-process.ts';
import { type FaultProxy, startFaultProxy } from '../process/fault-proxy.ts';
import { differences, prove, type Saved } from '../process/proof.ts';
import { report } from '../process/result.ts';
import { diceOf } from '../support/dice.ts';
import { type EngineLine, engineLine } from './engine-line.ts';
import { openStation, PASSWORD, type Station } from './stage.ts';
import { knock } from './steps.ts';

const KILLS = Number(process.env['BROWSER_KILLS'] ?? 6);
const SEED = Number(process.env['KILL_SEED'] ?? 20_151_001);
const ACCOUNT = 'chengguan01';
const OFFICER = 'o-chengguan01';
const ORIGIN = 'http://127.0.0.1:17870';

/** While the first load runs · while a photograph goes up · without a line · at any moment of work. */
type Moment = 'load' | 'upload' | 'offline' | 'work';

/** Of six kills one each, two at any moment; the first load comes first, and only then. */
const momentOf = (kill: number): Moment => {
  if (kill < Math.max(1, KILLS / 12)) return 'load';
  return (['work', 'upload', 'offline', 'work', 'work'] as const)[kill % 5] ?? 'work';
};

let centre: CentreProcess;
let line: FaultProxy;
let station: Station;
/** In the order in which their promises resolved in the page. */
const saved: Saved[] = [];
const dice = diceOf(SEED);
/** Was the officer ever let in here? On a busy machine the first loads are killed before the vault is kept. */
let entered = false;

test.beforeAll(async () => {
  centre = await startSeededCentre('village', { ORIGINS: ORIGIN });
  line = await startFaultProxy(diceOf(SEED + 1), () => centre.address());
  station = await openStation(0, line.url);
});
test.afterAll(async () => {
  await station.close();
  await line.close();
  await centre.close();
});

test(`the browser is killed ${KILLS} times at random points, seed ${SEED}: what was called saved is at the centre, once`, async () => {
  test.setTimeout(120_000 + KILLS * 20_000);
  const started = performance.now();
  const met = new Map<Moment, number>();
  const shift = await shiftAt();
  for (let kill = 0; kill < KILLS; kill += 1) {
    const moment = momentOf(kill);
    met.set(moment, (met.get(moment) ?? 0) + 1);
    const page = kill === 0 ? station.page() : await station.open();
    // The centre takes ten sign-ins a minute; else the vault lets the officer in, and the line comes later.
    line.setDown(entered && kill % 4 !== 0);
    if (moment === 'load') await knock(page, ACCOUNT, PASSWORD).then(() => pause(dice.below(1500)));
    else await workUntil(page, { ...shift, round: kill }, moment);
    await station.kill();
  }
  line.setDown(false);
  const engine = await signedIn(await station.open());
  await allQuiet(engine);

  const [{ device } = { device: '' }] = await centre.rows<{ readonly device: string }>(
    'select device from session where officer_id = $1 limit 1',
    [OFFICER],
  );
  const proof = await prove(centre, [{ who: ACCOUNT, device, saved, told: new Set(), unheard: KILLS }]);
  const seconds = Math.round((performance.now() - started) / 1000);
  const moments = [...met].map(([moment, times]) => `${moment} ${times}`).join(', ');
  report('browser', { what: '浏览器 kill -9', times: KILLS, ...proof, seconds }, `${moments}, seed ${SEED}`);
  expect(proof.flaws).toEqual([]);
});

/** Signs in by the form, at the centre or without it, and waits until the desk is open. */
async function signedIn(page: Page): Promise<JSHandle<EngineLine>> {
  await knock(page, ACCOUNT, PASSWORD);
  const engine = await engineLine(page);
  await expect.poll(() => ask(engine, 'waiting').then(Array.isArray, () => false), { timeout: 60_000 }).toBe(true);
  entered = true;
  return engine;
}

const ask = (engine: JSHandle<EngineLine>, call: string, ...args: readonly unknown[]): Promise<unknown> =>
  engine.evaluate((to, asked) => to.ask(asked.call, ...asked.args), { call, args });

/** Works as fast as it can until the moment comes. */
async function workUntil(page: Page, shift: Shift, moment: Moment): Promise<void> {
  const engine = await signedIn(page);
  line.setDown(moment === 'offline');
  await page.exposeFunction('noteSaved', (one: Saved) => void saved.push(one));
  const upload = line.next('PATCH /sync/v1/uploads');
  const ended = engine.evaluate(work, shift);
  await Promise.race([ended, moment === 'upload' ? upload : pause(200 + dice.below(1500))]);
  await pause(dice.below(25));
  ended.catch(() => undefined); // it ends with the browser
}

async function allQuiet(engine: JSHandle<EngineLine>): Promise<void> {
  const streams = ['city', 'd:620102', `u:${OFFICER}`];
  const read = async (table: string): Promise<readonly AnyRow[]> => {
    const [rows] = (await ask(engine, 'read', [{ table, how: 'all' }])) as readonly [readonly AnyRow[]];
    return rows;
  };
  const left = async (): Promise<unknown> => {
    await ask(engine, 'syncNow');
    const waits = [...((await ask(engine, 'waiting')) as unknown[]), ...((await ask(engine, 'files')) as unknown[])];
    return waits.length > 0 ? `${waits.length} wait` : (await differences(centre, { who: ACCOUNT, streams, read })).slice(0, 5);
  };
  await expect.poll(left, { timeout: 120_000 }).toEqual([]);
}

interface Shift {
  readonly round: number;
  readonly officerId: string;
  readonly subjectId: string;
  readonly templateId: string;
}

async function firstIn(table: string): Promise<string> {
  const [row] = await centre.rows<{ readonly id: string }>(`select id from "${table}" order by id limit 1`);
  return row?.id ?? '';
}

async function shiftAt(): Promise<Omit<Shift, 'round'>> {
  return { officerId: OFFICER, subjectId: await firstIn('subjects'), templateId: await firstIn('checklistTemplates') };
}

declare function noteSaved(one: Saved): Promise<void>;

/** Runs in the page: one visit after the other, and what belongs to it. */
async function work(engine: EngineLine, { round, officerId, subjectId, templateId }: Shift): Promise<void> {
  async function save(name: string, args: Readonly<Record<string, unknown>>): Promise<void> {
    const { mid } = (await engine.ask('mutate', name, args)) as { readonly mid: string };
    void noteSaved({ mid, name, args });
  }

  async function photograph(ownerId: string): Promise<void> {
    // A picture like no other, of about half a megabyte.
    const [mime, width, height] = ['image/jpeg', 900, 600];
    const noise = new Uint8ClampedArray(width * height * 4).map(() => Math.floor(Math.random() * 256));
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext('2d')?.putImageData(new ImageData(noise, width, height), 0, 0);
    const picture = await canvas.convertToBlob({ type: mime });
    const kept = (await engine.ask('addFile', new Uint8Array(await picture.arrayBuffer()), mime)) as Readonly<
      Record<string, unknown>
    >;
    const about = { ownerTable: 'inspections', ownerId, mime, caption: '', state: 'announced' };
    const taken = { takenAt: Date.now(), takenBy: officerId };
    await save('attachments.announce', { id: crypto.randomUUID(), ...about, ...kept, ...taken });
  }

  const here = async (): Promise<boolean> => {
    const asks = ['subjects', 'checklistTemplates'].map((table) => ({ table, how: 'count' }));
    return ((await engine.ask('read', asks)) as readonly number[]).every((rows) => rows > 0);
  };
  while (!(await here())) await new Promise((done) => setTimeout(done, 20));

  for (;;) {
    const id = crypto.randomUUID();
    await save('inspections.begin', { id, subjectId, taskId: null, templateId, officerIds: [officerId] });
    for (let n = 1; n <= 120; n++) {
      await save('inspections.addNote', { id, text: `第${round}-${n}段` });
      if (n % 30 === 3) await photograph(id);
      if (n % 10 === 0) {
        const about = { inspectionId: id, source: 'site', riskClass: '2', category: '操作规范', clause: '', deadlineAt: null };
        await save('problems.file', { id: crypto.randomUUID(), subjectId, ...about, description: '地面有积水' });
      }
    }
  }
}
