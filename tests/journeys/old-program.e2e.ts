import { expect, type Page, test } from '@playwright/test';
import { editSubject, expectWaiting, openSubject, workOffline } from './steps.ts';
import { type Centre, openStation, picture, signIn, startCentre, type Station } from './stage.ts';

test.describe.configure({ mode: 'serial' });

/** The workstations of the journeys are of version 0.1.0. */
const settings: Record<string, string> = { NEWEST_PROGRAM: '0.2.0' };
let centre: Centre & { close(): Promise<void> };
let station: Station;
let page: Page;
let bakery: string;

test.beforeAll(async () => {
  centre = await startCentre('village', settings);
  const [subject] = await centre.rows<{ name: string }>(`select name from subjects where state = 'active' order by id limit 1`);
  if (!subject) throw new Error('the village has no subject');
  bakery = subject.name;
  station = await openStation(0, centre.url);
  page = station.page();
  await signIn(page, 'chengguan01');
});
test.afterAll(async () => {
  await station.close();
  await centre.close();
});

test('a newer program is told quietly and hinders nothing', async () => {
  const banner = page.getByRole('alert').filter({ hasText: '有新版本 0.2.0' });
  await expect(banner).toBeVisible();
  await picture(page, 'program-old');
  await editSubject(page, await openSubject(page, bakery), { 负责人: '更新之前' });
  await expectWaiting(page, 0);
});

test('with a program that is too old no work is begun, and what waited still goes up', async () => {
  await workOffline(page, true);
  await editSubject(page, await openSubject(page, bakery), { 负责人: '停用之前' });
  await expectWaiting(page, 1);
  await centre.stop();
  settings['OLDEST_PROGRAM'] = '0.2.0';
  await centre.start();
  await workOffline(page, false);
  await expect(page.getByRole('alert').filter({ hasText: '本机程序版本过旧，暂不能办理新工作。' })).toBeVisible();
  await expectWaiting(page, 0);
  expect(await centre.rows('select "contactName" from subjects where name = $1', [bakery])).toEqual([
    { contactName: '停用之前' },
  ]);
  const panel = await openSubject(page, bakery);
  for (const name of ['开始检查', '登记问题']) await expect(panel.getByRole('button', { name })).toBeDisabled();
  await picture(page, 'program-too-old');
  await panel.getByRole('button', { name: '修改' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('负责人', { exact: true }).fill('停用之后');
  await form.getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('alert').filter({ hasText: '请更新程序；已保存的工作仍会上报。' }).last()).toBeVisible();
  await expect(form.getByLabel('负责人', { exact: true }), 'nothing typed is lost').toHaveValue('停用之后');
});
