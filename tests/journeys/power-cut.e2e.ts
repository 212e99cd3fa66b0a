import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, type Page, test } from '@playwright/test';
import { diceOf } from '../support/dice.ts';
import {
  beginVisit,
  expectWaiting,
  go,
  knock,
  openVisit,
  recordAt,
  recordIn,
  statusBar,
  waiting,
  workOffline,
  write as writeIn,
} from './steps.ts';
import { type Centre, openStation, PASSWORD, picture, signIn, startCentre, type Station } from './stage.ts';

test.describe.configure({ mode: 'serial' });

let centre: Centre & { close(): Promise<void> };
let station: Station;
let page: Page;
/** Every paragraph the workstation called saved, in order. */
const saved: string[] = [];

test.beforeAll(async () => {
  centre = await startCentre('village');
  station = await openStation(0, centre.url);
  page = station.page();
  await signIn(page, 'chengguan01');
  await beginVisit(page, /专项检查：/);
});
test.afterAll(async () => {
  await station.close();
  await centre.close();
});

async function write(window: Page, text: string): Promise<void> {
  await writeIn(window, text);
  saved.push(text);
}

const recordAtCentre = (): Promise<readonly string[]> => recordAt(centre, 'o-chengguan01');

/** What was called saved is there once, in order; of what was under way when the current failed at most one more, too. */
function expectSaved(record: readonly string[]): void {
  expect(new Set(record).size, 'nothing twice').toBe(record.length);
  expect(record.filter((text) => saved.includes(text))).toEqual(saved);
}

/** Writes until the current fails; the cut comes at a moment nobody chose. */
async function writeUntilCut(round: string, afterMs: number, cut: () => Promise<void>): Promise<void> {
  let dead = false;
  const cutting = pause(afterMs).then(() => {
    dead = true;
    return cut();
  });
  try {
    for (let n = 1; ; n++) await write(page, `${round}第${n}段`);
  } catch (error) {
    if (!dead) throw error;
  }
  await cutting;
}

test('kill -9 of the browser amid writing, on line: what was called saved is there, once', async () => {
  const dice = diceOf(20_220_615);
  for (const round of ['甲', '乙', '丙']) {
    await writeUntilCut(round, 700 + dice.below(1500), () => station.kill());
    page = await station.open();
    await signIn(page, 'chengguan01');
    await openVisit(page);
    await expect.poll(async () => (await recordIn(page)).includes(saved.at(-1) ?? '')).toBe(true);
    expectSaved(await recordIn(page));
  }
  await expectWaiting(page, 0);
  expectSaved(await recordAtCentre());
  expect(await recordAtCentre()).toEqual(await recordIn(page));
});

test('kill -9 of the browser amid writing, without the centre: the same, and everything goes up afterwards', async () => {
  const dice = diceOf(15);
  await centre.stop('SIGKILL');
  for (const round of ['丁', '戊']) {
    await writeUntilCut(round, 700 + dice.below(1500), () => station.kill());
    page = await station.open();
    await signIn(page, 'chengguan01');
    await openVisit(page);
    await expect.poll(async () => (await recordIn(page)).includes(saved.at(-1) ?? '')).toBe(true);
    expectSaved(await recordIn(page));
    expect(await waiting(page)).toBeGreaterThan(0);
  }
  await centre.start();
  await expectWaiting(page, 0);
  expectSaved(await recordAtCentre());
});

test('kill -9 of the centre amid a push: every change is decided once', async () => {
  for (const round of ['己', '庚', '辛']) {
    await workOffline(page, true);
    await openVisit(page);
    for (let n = 1; n <= 8; n++) await write(page, `${round}第${n}段`);
    const known = await decisions();
    await go(page, '同步中心');
    await page.getByRole('switch', { name: '离线工作' }).click();
    await expect.poll(decisions, { intervals: [5] }).toBeGreaterThan(known);
    await centre.stop('SIGKILL');
    await centre.start();
    await expectWaiting(page, 0);
    expectSaved(await recordAtCentre());
  }
  await expect(statusBar(page)).not.toContainText('待处理');
});

async function decisions(): Promise<number> {
  const [{ count } = { count: '0' }] = await centre.rows<{ count: string }>('select count(*) from sync_mutation');
  return Number(count);
}

test('two windows of one workstation show the same, and closing either does not stop the other', async () => {
  const second = await station.newWindow();
  await expect(second.getByRole('heading', { level: 1, name: '今日工作' })).toBeVisible();
  await workOffline(page, true);
  await expect(statusBar(second)).toContainText('离线工作已开启');
  await workOffline(page, false);
  await expect(statusBar(second)).toContainText('在线');
  await openVisit(page);
  await second.getByRole('region', { name: '进行中的检查' }).getByRole('link').first().click();
  await write(second, '第二个窗口');
  await expect(page.getByRole('region', { name: '检查记录' })).toContainText('第二个窗口');
  await second.close();
  await write(page, '第一个窗口');

  const third = await station.newWindow();
  await third.getByRole('region', { name: '进行中的检查' }).getByRole('link').first().click();
  await page.close();
  page = third;
  await write(page, '第三个窗口');
  await expectWaiting(page, 0);
  expectSaved(await recordAtCentre());
});

test('when the browser lost its databases, the copy comes from the centre and unsent work from the journal', async () => {
  await workOffline(page, true);
  await openVisit(page);
  const unsent = ['只在本机的一段', '只在本机的二段', '只在本机的三段'];
  for (const text of unsent) await write(page, text);
  await station.kill();
  rmSync(join(station.profile, 'Default/IndexedDB'), { recursive: true });
  page = await station.open();
  const offline = page.getByRole('switch', { name: '离线工作' });
  await expect(offline, 'the switch stands where it was left').toBeChecked();
  await offline.click();
  await knock(page, 'chengguan01', PASSWORD);
  await expect(page.getByRole('heading', { level: 1, name: '本机数据恢复' })).toBeVisible();
  const told = page.getByRole('main');
  await expect(told).toContainText('本机数据库曾被清空。');
  await expect(told).toContainText(/[1-9]\d* 项工作已从本机日志找回，其中未上报的联网后自动上报。/);
  await expect(told.getByRole('progressbar').first()).toBeVisible();
  await picture(page, 'recovered');
  await page.getByRole('button', { name: '继续' }).click();
  await go(page, '同步中心');
  await expect(page.getByRole('region', { name: '本次启动的数据恢复' })).toContainText('本机数据库曾被清空。');
  await expectWaiting(page, 0);
  expect((await recordAtCentre()).slice(-3)).toEqual(unsent);
  expectSaved(await recordAtCentre());
  await openVisit(page);
  await expect.poll(() => recordIn(page)).toEqual(await recordAtCentre());
});
