import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { beginVisit, expectWaiting, go, knock, openSubject, workOffline } from './steps.ts';
import { type Centre, openStation, PASSWORD, picture, signIn, startCentre, type Station } from './stage.ts';

test.describe.configure({ mode: 'serial' });

let centre: Centre & { close(): Promise<void> };
let station: Station;
let page: Page;
let bakery: string;
const NOTE = '后厨地面有积水，现场已要求清理';
const DESCRIPTION = '冷藏柜温度 12 ℃，超过规定，食品标签缺失';

test.beforeAll(async () => {
  centre = await startCentre('village');
  const [subject] = await centre.rows<{ name: string }>(`select name from subjects where state = 'active' order by id limit 1`);
  if (!subject) throw new Error('the village has no subject');
  bakery = subject.name;
  station = await openStation(0, centre.url);
  page = station.page();
  await signIn(page, 'chengguan01');
  await workOffline(page, true);
  await beginVisit(page, /专项检查：/);
});
test.afterAll(async () => {
  await station.close();
  await centre.close();
});

const note = (): Locator => page.getByRole('textbox', { name: '补充一段检查记录' });
const keptSign = (): Locator => page.getByRole('status').filter({ hasText: /^草稿已保存 \d\d:\d\d$/ });
const restoredSign = (): Locator => page.getByRole('status').filter({ hasText: '已恢复未提交的内容' });

async function openVisit(): Promise<void> {
  await go(page, '今日工作');
  await page.getByRole('region', { name: '进行中的检查' }).getByRole('link').first().click();
  await expect(note()).toBeEditable();
}

async function openFiling(): Promise<Locator> {
  const panel = await openSubject(page, bakery);
  await panel.getByRole('button', { name: '登记问题' }).click();
  const form = page.getByRole('dialog');
  await expect(form.getByLabel('问题描述')).toBeEditable();
  return form;
}

async function powerCut(): Promise<void> {
  await station.kill();
  page = await station.open();
}

test('what was half typed is offered again after kill -9, and can be discarded', async () => {
  await note().pressSequentially(NOTE);
  await expect(keptSign()).toBeVisible();
  await powerCut();
  await signIn(page, 'chengguan01');
  await openVisit();
  await expect(note()).toHaveValue(NOTE);
  await expect(restoredSign()).toBeVisible();
  await picture(page, 'draft-restored');
  await page.getByRole('button', { name: '清除草稿' }).click();
  await expect(note()).toHaveValue('');
  await powerCut();
  await signIn(page, 'chengguan01');
  await openVisit();
  await expect(note()).toHaveValue('');
  await expect(restoredSign()).toHaveCount(0);
});

test('a remark to an item that was half typed comes back to its item', async () => {
  const item = page.getByRole('radiogroup', { name: '第 1 项', exact: true });
  await item.getByText('否', { exact: true }).click();
  const remark = () => page.getByRole('textbox', { name: /^第 1 项 / });
  await remark().pressSequentially('标签缺失');
  await expect(keptSign()).toBeVisible();
  await powerCut();
  await signIn(page, 'chengguan01');
  await openVisit();
  await expect(remark()).toHaveValue('标签缺失');
  await expect(restoredSign()).toBeVisible();
  await picture(page, 'draft-remark');
  await remark().press('Enter');
  await expect(restoredSign()).toHaveCount(0);
  await expect(remark()).toHaveValue('标签缺失');
});

test('a draft survives the loss of the databases; once submitted it is gone', async () => {
  const form = await openFiling();
  await form.getByLabel('问题描述').pressSequentially(DESCRIPTION);
  await expect(keptSign()).toBeVisible();
  await station.kill();
  rmSync(join(station.profile, 'Default/IndexedDB'), { recursive: true });
  page = await station.open();
  const offline = page.getByRole('switch', { name: '离线工作' });
  await expect(offline).toBeChecked();
  await offline.click();
  await knock(page, 'chengguan01', PASSWORD);
  await expect(page.getByRole('heading', { level: 1, name: '本机数据恢复' })).toBeVisible();
  await page.getByRole('button', { name: '继续' }).click();
  await expect(page.getByRole('heading', { name: '今日工作' })).toBeVisible();
  await expectWaiting(page, 0);

  const again = await openFiling();
  await expect(again.getByLabel('问题描述')).toHaveValue(DESCRIPTION);
  await expect(again).toContainText('已恢复未提交的内容');
  await picture(page, 'draft-after-loss');
  await again.getByLabel('问题类别').fill('贮存温度');
  await again.getByRole('button', { name: '登记问题' }).click();
  await expect(again).toBeHidden();
  await expectWaiting(page, 0);
  const third = await openFiling();
  await expect(third.getByLabel('问题描述')).toHaveValue('');
  await expect(third).not.toContainText('已恢复未提交的内容');
});
