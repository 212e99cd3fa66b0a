import { expect, type Page, test } from '@playwright/test';
import { everythingStored } from './everything-stored.ts';
import {
  editSubject,
  expectWaiting,
  go,
  knock,
  menu,
  openSubject,
  statusBar,
  turnOffline,
  unlock,
  workOffline,
} from './steps.ts';
import { type Centre, openStation, PASSWORD, picture, signIn, startCentre, type Station } from './stage.ts';

test.describe.configure({ mode: 'serial' });

let centre: Centre & { close(): Promise<void> };
let station: Station;
let page: Page;

interface Known {
  readonly name: string;
  readonly address: string;
  readonly contactPhone: string;
}
let subject: Known;
const nameOf = new Map<string, string>();

test.beforeAll(async () => {
  centre = await startCentre('village');
  const [first] = await centre.rows<Known>(`select * from subjects where state = 'active' order by id limit 1`);
  if (!first) throw new Error('the village has no subject');
  subject = first;
  const officers = await centre.rows<{ account: string; name: string }>('select account, name from officers');
  for (const { account, name } of officers) nameOf.set(account, name);
  station = await openStation(0, centre.url);
  page = station.page();
});
test.afterAll(async () => {
  await station.close();
  await centre.close();
});

const called = (account: string): string => nameOf.get(account) ?? account;

test('a wrong password is refused in words and opens nothing', async () => {
  await knock(page, 'chengguan01', 'not-the-password');
  await expect(page.getByRole('alert')).toContainText('账号或密码不正确。');
  await expect(page.getByRole('alert')).toContainText('连续 5 次不正确将锁定 15 分钟');
  await expect(page.getByRole('heading', { name: '登录' })).toBeVisible();
  await picture(page, 'sign-in-refused');
});

test('the first sign-in brings the district down and ends on the work of the day', async () => {
  await signIn(page, 'chengguan01');
  const tasks = page.getByRole('region', { name: '我的任务' });
  const mine = await centre.rows<{ title: string }>(
    `select title from tasks where state in ('dispatched', 'accepted', 'inProgress') and "assigneeIds" ? 'o-chengguan01'
     order by "dueAt", id`,
  );
  expect(mine.length).toBeGreaterThan(5);
  for (const { title } of mine) await expect(tasks.getByRole('link', { name: title })).toBeVisible();
  await expect(tasks).toContainText('已逾期 ');
  await expect(statusBar(page)).toContainText('在线');
  await expectWaiting(page, 0);
  await go(page, '监管对象');
  const [{ count } = { count: '0' }] = await centre.rows<{ count: string }>('select count(*) from subjects');
  await expect(page.getByRole('status').first()).toHaveText(`${count} 条`);
});

test('what is locked shows nothing of the work, at any address, until the password is given', async () => {
  await openSubject(page, subject.name);
  await menu(page, called('chengguan01'), '锁定');
  await expect(page.getByRole('heading', { name: '已锁定' })).toBeVisible();
  await page.evaluate(() => window.location.assign('#/tasks'));
  await expect(page.locator('body')).not.toContainText(subject.name);
  await expect(page.getByRole('navigation')).toBeHidden();
  await unlock(page, 'not-the-password');
  await expect(page.getByRole('alert')).toContainText('密码与本机保存的不符');
  await picture(page, 'locked');
  await unlock(page);
  await expect(page.getByRole('heading', { level: 1, name: '任务' })).toBeVisible();
});

test('another officer on the same computer sees nothing of the first, whose work waits sealed', async () => {
  await workOffline(page, true);
  await editSubject(page, await openSubject(page, subject.name), { 负责人: '只属于第一位' });
  await expectWaiting(page, 1);
  await menu(page, called('chengguan01'), '退出登录');
  await expect(page.getByRole('dialog')).toContainText('您有 1 项修改尚未到达中心');
  await page.getByRole('dialog').getByRole('button', { name: '退出登录' }).click();
  await expect(page.getByRole('heading', { name: '登录' })).toBeVisible();

  const stored = await everythingStored(page);
  expect(stored, 'it was looked at').toContain('d:620102');
  for (const secret of [subject.name, subject.address, subject.contactPhone, '只属于第一位', called('chengguan01'), PASSWORD])
    expect(stored, 'what was loaded and done is sealed').not.toContain(secret);

  await turnOffline(page, false);
  await signIn(page, 'chengguan02');
  await expect(page.getByRole('banner')).toContainText(called('chengguan02'));
  await expect(page.getByRole('banner')).not.toContainText(called('chengguan01'));
  await expectWaiting(page, 0);
  await expect(await openSubject(page, subject.name)).not.toContainText('只属于第一位');
  await menu(page, called('chengguan02'), '退出登录');

  await signIn(page, 'chengguan01');
  await expectWaiting(page, 0);
  await expect
    .poll(() => centre.rows('select "contactName" from subjects where name = $1', [subject.name]))
    .toEqual([{ contactName: '只属于第一位' }]);
});

test('ten minutes without a sign of the officer lock the workstation', async () => {
  await page.clock.install();
  await page.reload();
  await signIn(page, 'chengguan01');
  await page.clock.fastForward('09:00');
  await expect(page.getByRole('heading', { name: '今日工作' })).toBeVisible();
  await page.clock.fastForward('01:01');
  await expect(page.getByRole('heading', { name: '已锁定' })).toBeVisible();
  await page.getByRole('button', { name: '退出登录' }).click();
});

test('after five wrong passwords the centre refuses even the right one, and says so', async () => {
  for (let tries = 1; tries <= 5; tries++) {
    await knock(page, 'chengguan-head', `wrong-${tries}`);
    await expect.poll(failuresOfHead).toEqual([{ failures: tries }]);
    await expect(page.getByRole('alert')).toContainText('账号或密码不正确。');
  }
  await knock(page, 'chengguan-head', PASSWORD);
  await expect(page.getByRole('alert')).toContainText('密码连续不正确，账号已临时锁定。');
  await expect(page.getByRole('alert')).toContainText('请 15 分钟后再试');
  await picture(page, 'account-locked');
});

const failuresOfHead = () =>
  centre.rows<{ failures: number }>(`select failures from sign_in_failure where account = 'chengguan-head'`);
