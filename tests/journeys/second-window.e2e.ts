import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { diceOf } from '../support/dice.ts';
import {
  beginVisit,
  editSubject,
  expectWaiting,
  go,
  knock,
  menu,
  openSubject,
  openVisit,
  paragraph,
  recordAt,
  recordIn,
  statusBar,
  turnOffline,
  workOffline,
  write,
} from './steps.ts';
import { type Centre, openStation, PASSWORD, picture, signIn, startCentre, type Station } from './stage.ts';

test.describe.configure({ mode: 'serial' });

const SEED = 1_368;
const OFFICER = 'o-chengguan01';

let centre: Centre & { close(): Promise<void> };
let station: Station;
/** The window that was there first, and the one beside it. */
let first: Page;
let second: Page;
let bakery: string;
let called: string;
/** Every paragraph that was called saved, whichever window said so. */
const saved: string[] = [];

test.beforeAll(async () => {
  centre = await startCentre('village');
  const [subject] = await centre.rows<{ name: string }>(`select name from subjects where state = 'active' order by id limit 1`);
  const [officer] = await centre.rows<{ name: string }>('select name from officers where id = $1', [OFFICER]);
  if (!subject || !officer) throw new Error('the village lacks a subject or the officer');
  [bakery, called] = [subject.name, officer.name];
  station = await openStation(0, centre.url);
  first = station.page();
  await signIn(first, 'chengguan01');
  await beginVisit(first, /专项检查：/);
});
test.afterAll(async () => {
  await station.close();
  await centre.close();
});

const said = (window: Page): Locator => window.getByRole('region', { name: '检查记录' }).locator('.said');
const keptSign = (window: Page): Locator => window.getByRole('status').filter({ hasText: /^草稿已保存 \d\d:\d\d$/ });

async function writes(window: Page, text: string): Promise<void> {
  await write(window, text);
  saved.push(text);
}

test('a second window needs no second sign-in, and each shows at once what was done in the other', async () => {
  second = await station.newWindow();
  await expect(second.getByRole('heading', { level: 1, name: '今日工作' })).toBeVisible();
  const panel = await openSubject(second, bakery);
  await editSubject(first, await openSubject(first, bakery), { 负责人: '前窗所填' });
  await expect(panel).toContainText('前窗所填');
  await editSubject(second, panel, { 负责人: '后窗所填' });
  await expect(first.getByRole('complementary', { name: `${bakery} 档案` })).toContainText('后窗所填');

  await workOffline(second, true);
  await expect(statusBar(first)).toContainText('离线工作已开启');
  for (const window of [first, second]) await openVisit(window);
  await writes(first, '前窗一段');
  await expect(said(second)).toContainText('前窗一段');
  await writes(second, '后窗一段');
  await expect(said(first)).toContainText('后窗一段');
  for (const window of [first, second]) await expect(statusBar(window)).toContainText('2 项待上报');
  await workOffline(first, false);
  for (const window of [first, second]) await expectWaiting(window, 0);
});

/** Where a problem of the bakery is described. */
async function filing(window: Page): Promise<Locator> {
  await (await openSubject(window, bakery)).getByRole('button', { name: '登记问题' }).click();
  const field = window.getByRole('dialog').getByLabel('问题描述');
  await expect(field).toBeEditable();
  return field;
}

test('both windows type at once; the draft of one that is closed is found in the other', async () => {
  await openVisit(first);
  const hers = await filing(second);
  await Promise.all([paragraph(first).pressSequentially('前窗草稿，地面湿滑'), hers.pressSequentially('后窗草稿，冷柜过热')]);
  for (const window of [first, second]) await expect(keptSign(window)).toBeVisible();
  await second.close();
  await expect(paragraph(first)).toHaveValue('前窗草稿，地面湿滑');
  await expect(await filing(first)).toHaveValue('后窗草稿，冷柜过热');
  await first.getByRole('dialog').getByRole('button', { name: '清除草稿' }).click();
  await first.keyboard.press('Escape');
  await openVisit(first);
  await expect(paragraph(first)).toHaveValue('前窗草稿，地面湿滑');
  await first.getByRole('button', { name: '加入记录' }).click();
  await expect(paragraph(first)).toHaveValue('');
  saved.push('前窗草稿，地面湿滑');
});

/** Works in a window as fast as it can until it is closed, at a moment nobody chose. */
async function writesUntilClosed(window: Page, round: string, afterMs: number): Promise<void> {
  let gone = false;
  const closing = pause(afterMs).then(() => {
    gone = true;
    return window.close();
  });
  try {
    for (let n = 1; ; n++) await writes(window, `${round}第${n}段`);
  } catch (error) {
    if (!gone) throw error;
  }
  await closing;
}

test(`a window that is closed amid its work stops nobody: the newer one, then the first of all, seed ${SEED}`, async () => {
  const dice = diceOf(SEED);
  for (const [round, leaves] of ['newer', 'first'].entries()) {
    second = await station.newWindow();
    await openVisit(second);
    const [leaving, staying] = leaves === 'newer' ? [second, first] : [first, second];
    const left = writesUntilClosed(leaving, `第${round}轮别窗`, 500 + dice.below(800));
    for (let n = 1; n <= 5; n++) await writes(staying, `第${round}轮本窗第${n}段`);
    await left;
    await writes(staying, `第${round}轮之后`);
    first = staying;
    await expectWaiting(first, 0);
  }
  const [here, there] = [await recordIn(first), await recordAt(centre, OFFICER)];
  expect(there).toEqual(here);
  expect(new Set(there).size, 'nothing twice').toBe(there.length);
  expect(there.filter((text) => saved.includes(text)).toSorted()).toEqual(saved.toSorted());
});

test('who signs out in one window is signed out in the other, and the next officer begins at the first page in both', async () => {
  second = await station.newWindow();
  await openSubject(second, bakery);
  await menu(first, called, '退出登录');
  for (const window of [first, second]) {
    await expect(window.getByRole('heading', { name: '登录' })).toBeVisible();
    await expect(window.locator('body')).not.toContainText(bakery);
  }
  await picture(second, 'second-window-signed-out');
  await signIn(first, 'chengguan02');
  for (const window of [first, second]) {
    await expect(window.getByRole('heading', { level: 1, name: '今日工作' })).toBeVisible();
    await expect(window.getByRole('banner')).not.toContainText(called);
  }
});

test('what a recovery says is read once: read in one window it does not stand in another', async () => {
  await workOffline(first, true);
  await editSubject(first, await openSubject(first, bakery), { 负责人: '只在日志里' });
  await expectWaiting(first, 1);
  await station.kill();
  rmSync(join(station.profile, 'Default/IndexedDB'), { recursive: true });
  first = await station.open();
  second = await station.newWindow();
  await turnOffline(first, false);
  await knock(first, 'chengguan02', PASSWORD);
  const told = { level: 1, name: '本机数据恢复' };
  for (const window of [first, second]) await expect(window.getByRole('heading', told)).toBeVisible();
  await second.getByRole('button', { name: '继续' }).click();
  const third = await station.newWindow();
  for (const window of [second, first, third]) {
    await expect(window.getByRole('navigation')).toBeVisible();
    await expect(window.getByRole('heading', told)).toHaveCount(0);
    await go(window, '同步中心');
    await expect(window.getByRole('region', { name: '本次启动的数据恢复' })).toContainText('本机数据库曾被清空。');
  }
  await picture(third, 'second-window-recovered');
  await expectWaiting(first, 0);
  await expect
    .poll(() => centre.rows('select "contactName" from subjects where name = $1', [bakery]))
    .toEqual([{ contactName: '只在日志里' }]);
});
