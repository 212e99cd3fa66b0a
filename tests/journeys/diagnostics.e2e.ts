import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { editSubject, expectWaiting, go, openSubject, workOffline } from './steps.ts';
import { type Centre, openStation, picture, signIn, startCentre, type Station } from './stage.ts';

test.describe.configure({ mode: 'serial' });

let centre: Centre & { close(): Promise<void> };
let station: Station;
let page: Page;
let bakery: string;

test.beforeAll(async () => {
  centre = await startCentre('village');
  const [subject] = await centre.rows<{ name: string }>(`select name from subjects where state = 'active' order by id limit 1`);
  if (!subject) throw new Error('the village has no subject');
  bakery = subject.name;
  station = await openStation(0, centre.url);
  page = station.page();
});
test.afterAll(async () => {
  await station.close();
  await centre.close();
});

async function exported(): Promise<string> {
  await go(page, '设置');
  const part = page.getByRole('region', { name: '系统诊断' });
  await part.getByRole('button', { name: '导出诊断包' }).click();
  const told = part.getByRole('status');
  await expect(told).toContainText(/^已保存到 .*诊断包-\d{4}-\d\d-\d\d.*\.json$/);
  return readFileSync((await told.innerText()).replace('已保存到 ', ''), 'utf8');
}

/** Everything that names a person or a place in the village. */
async function personal(): Promise<readonly string[]> {
  const officers = await centre.rows<{ name: string; phone: string | null }>('select name, phone from officers');
  const subjects = await centre.rows<{ contactName: string | null; contactPhone: string | null; address: string | null }>(
    'select "contactName", "contactPhone", address from subjects',
  );
  return [...officers, ...subjects].flatMap((row) => Object.values(row)).filter((text): text is string => Boolean(text));
}

test('before anybody signs in it is said why there is no bundle yet', async () => {
  await expect(page.getByText('诊断包取自登录人员的本机数据')).toBeVisible();
  await picture(page, 'sign-in-diagnostics');
});

test('the bundle tells how the workstation stands and names nobody', async () => {
  await signIn(page, 'chengguan01');
  await workOffline(page, true);
  await editSubject(page, await openSubject(page, bakery), { 负责人: '马文静', 联系电话: '13812345678' });
  await expectWaiting(page, 1);
  const text = await exported();
  const bundle = JSON.parse(text) as Record<string, unknown>;
  expect(bundle).toMatchObject({ format: 'shian-diagnostics/1', pending: [{ name: 'subjects.edit' }] });
  for (const part of ['status', 'epochs', 'cursors', 'tables', 'trace', 'shell']) expect(bundle).toHaveProperty(part);
  expect(text).not.toMatch(/(?<!\d)1[3-9]\d{9}(?!\d)/);
  for (const secret of [...(await personal()), '马文静', bakery]) expect(text).not.toContain(secret);
  await picture(page, 'diagnostics');
});

test('a second bundle of the day takes nothing from the first', async () => {
  const first = await exported();
  const second = await exported();
  expect(JSON.parse(second)).toMatchObject({ format: 'shian-diagnostics/1' });
  expect(second).not.toBe(first);
});

test('what passed between here and the centre reads as sentences, newest first, and can be copied', async () => {
  await workOffline(page, false);
  await expectWaiting(page, 0);
  await page.getByRole('tab', { name: '同步记录' }).click();
  const lines = page.getByRole('list', { name: '同步记录' }).getByRole('listitem');
  await expect(lines.filter({ hasText: '已上报 1 项' })).toHaveCount(1);
  await expect(lines.filter({ hasText: '已离线' })).toHaveCount(1);
  await expect(lines.last()).toContainText('已连接中心');
  await picture(page, 'sync-trace');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: '复制' }).click();
  await expect(page.getByText('同步记录已复制')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^\d\d-\d\d \d\d:\d\d:\d\d {2}\S/);
});
