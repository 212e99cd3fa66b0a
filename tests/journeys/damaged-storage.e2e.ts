import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { type Centre, openStation, PASSWORD, picture, signIn, startCentre, type Station } from './stage.ts';
import { editSubject, expectWaiting, openSubject, workOffline } from './steps.ts';

test.describe.configure({ mode: 'serial' });

let centre: Centre & { close(): Promise<void> };
let station: Station;
let page: Page;
let name: string;

test.beforeAll(async () => {
  centre = await startCentre('village');
  station = await openStation(0, centre.url);
  page = station.page();
  await signIn(page, 'chengguan01');
  const [subject] = await centre.rows<{ name: string }>(
    `select name from subjects where "districtId" = '620102' order by id limit 1`,
  );
  name = subject?.name ?? '';
});
test.afterAll(async () => {
  await station.close();
  await centre.close();
});

const folder = (): string => {
  const parent = join(station.profile, 'Default/IndexedDB');
  const [found] = readdirSync(parent).filter((one) => one.endsWith('.leveldb'));
  return join(parent, found ?? '');
};
const offline = () => page.getByRole('switch', { name: '离线工作' });

/** Something that only this workstation has, then the power cut and what it did to the files. */
async function breakWith(person: string, damage: (files: string) => void): Promise<void> {
  await workOffline(page, true);
  await editSubject(page, await openSubject(page, name), { 负责人: person });
  await expectWaiting(page, 1);
  await station.kill();
  damage(folder());
  page = await station.open();
  await expect(offline()).toBeChecked();
  await offline().click();
  await page.getByLabel('账号').fill('chengguan01');
  await page.getByLabel('密码').fill(PASSWORD);
  await page.getByRole('button', { name: /登\s*录/ }).click();
}

async function expectRecovered(person: string): Promise<void> {
  await expect(page.getByText('1 项工作已从本机日志找回')).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: '继续' }).click();
  await expectWaiting(page, 0);
  await expect
    .poll(
      async () => (await centre.rows<{ contactName: string }>('select "contactName" from subjects where name = $1', [name]))[0],
    )
    .toEqual({ contactName: person });
  await expect(await openSubject(page, name)).toContainText(person);
}

test('a database that cannot be opened is left as it is; work goes on in another place and nothing is lost', async () => {
  await breakWith('库打不开时', (files) => writeFileSync(join(files, 'CURRENT'), 'nonsense\n'));
  await expect(page.getByText('本机数据库无法打开')).toBeVisible({ timeout: 60_000 });
  await picture(page, 'moved-storage');
  await expectRecovered('库打不开时');
  expect(readFileSync(join(folder(), 'CURRENT'), 'utf8')).toBe('nonsense\n');
});

test('the other place is found again after a restart, with everything in it', async () => {
  await workOffline(page, true);
  await editSubject(page, await openSubject(page, name), { 负责人: '另一处' });
  await expectWaiting(page, 1);
  await station.kill();
  page = await station.open();
  await signIn(page, 'chengguan01');
  await expectWaiting(page, 1);
  await expect(await openSubject(page, name)).toContainText('另一处');
  await workOffline(page, false);
  await expectWaiting(page, 0);
});
