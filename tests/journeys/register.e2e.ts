import { expect, type Locator, type Page, test } from '@playwright/test';
import { pinyin } from 'pinyin-pro';
import { go, knock, statusBar } from './steps.ts';
import { type Centre, openStation, PASSWORD, picture, startCentre, type Station } from './stage.ts';

test.describe.configure({ mode: 'serial' });

let centre: Centre & { close(): Promise<void> };
let station: Station;
let page: Page;

interface Sought {
  readonly id: string;
  readonly name: string;
  readonly uscc: string;
  readonly no: string;
}
let sought: Sought;
let total: number;

test.beforeAll(async () => {
  test.setTimeout(240_000);
  centre = await startCentre('district');
  const [found] = await centre.rows<Sought>(
    `select s.id, s.name, s.uscc, l.no from subjects s join licences l on l."subjectId" = s.id
     where s.kind = 'caterer' and s.uscc is not null and s.state = 'active' order by s.id desc limit 1`,
  );
  if (!found) throw new Error('the district has no caterer');
  sought = found;
  total = await count('true');
  station = await openStation(0, centre.url);
  page = station.page();
  // As over a remote desktop; the other journeys see things move.
  await page.emulateMedia({ reducedMotion: 'reduce' });
});
test.afterAll(async () => {
  await station.close();
  await centre.close();
});

async function count(where: string): Promise<number> {
  const [{ n } = { n: '0' }] = await centre.rows<{ n: string }>(`select count(*) as n from subjects where ${where}`);
  return Number(n);
}

const amount = (n: number): string => n.toLocaleString('en-US');
const table = (): Locator => page.getByRole('grid', { name: '监管对象' });
const rows = (): Locator =>
  table()
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell') });
const searchField = (): Locator => page.getByRole('searchbox', { name: /^名称、地址/ });
const expectCount = (n: number): Promise<void> =>
  expect(page.getByRole('status').filter({ hasText: /条$/ })).toHaveText(`${amount(n)} 条`);
const active = (): Locator => table().locator('.table-row-active');
const hash = (): string => new URL(page.url()).hash;

test('the first load tells how far each stream is, then the whole district is here', async () => {
  await knock(page, 'chengguan01', PASSWORD);
  await expect(page.getByRole('heading', { name: '正在下载本区县数据' })).toBeVisible();
  const district = page.getByRole('listitem').filter({ hasText: /监管数据/ });
  await expect(district).toContainText(/[\d,]+ \/ [\d,]+ 条/);
  await expect(district.getByRole('progressbar')).toBeVisible();
  await picture(page, 'first-load');
  await expect(page.getByRole('heading', { name: '今日工作' })).toBeVisible({ timeout: 60_000 });
  await go(page, '监管对象');
  expect(total).toBeGreaterThan(5000);
  await expectCount(total);
});

test('a subject is found by a piece of its name, its sound, its initials, its licence and its credit code', async () => {
  const piece = sought.name.slice(0, 6);
  const sound = pinyin(piece, { toneType: 'none', type: 'array' });
  const initials = sound.map((one) => one.charAt(0)).join('');
  for (const words of [piece, sound.join(''), initials, sought.no, sought.uscc.toLowerCase()]) {
    await searchField().fill(words);
    await expect(rows().filter({ hasText: sought.name }), words).toHaveCount(1);
    await expect.poll(() => rows().count(), { message: words }).toBeLessThan(total);
  }
  await expectCount(1);
  await searchField().fill('没有这样的单位');
  await expect(page.getByText('没有符合条件的监管对象')).toBeVisible();
  await picture(page, 'register-none');
  await searchField().fill('');
  await expectCount(total);
});

test('filters tell how many rows each choice has, stand as chips and in the address', async () => {
  const canteens = await count(`kind = 'canteen'`);
  await page.getByRole('button', { name: '筛选：业态' }).click();
  const choice = page.getByRole('menuitem', { name: '学校食堂' });
  await expect(choice).toContainText(amount(canteens));
  await picture(page, 'register-filter');
  await choice.click();
  await page.keyboard.press('Escape');
  await expectCount(canteens);
  expect(hash()).toContain('kind=canteen');
  const risky = await count(`kind = 'canteen' and "riskLevel" = 'A'`);
  await page.getByRole('button', { name: '筛选：风险等级' }).click();
  await expect(page.getByRole('menuitem', { name: /^A/ })).toContainText(amount(risky));
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '移除筛选 业态: 学校食堂' }).click();
  await expectCount(total);
});

test('a column sorts up and down', async () => {
  const [most] = await centre.rows<{ diners: string }>('select max(diners) as diners from subjects');
  const head = table().getByRole('columnheader', { name: '就餐人数' });
  await head.getByRole('button').click();
  await expect(head).toHaveAttribute('aria-sort', 'ascending');
  await head.getByRole('button').click();
  await expect(head).toHaveAttribute('aria-sort', 'descending');
  await expect(rows().first()).toContainText(amount(Number(most?.diners)));
  await table().getByRole('columnheader', { name: '单位名称' }).getByRole('button').click();
  await expect(table().getByRole('columnheader', { name: '单位名称' })).toHaveAttribute('aria-sort', 'ascending');
});

test('scrolled fast to the end and to the middle, the rows are there', async () => {
  await table().evaluate((box) => {
    for (let step = 1; step <= 20; step++) box.scrollTop = (box.scrollHeight * step) / 20;
  });
  const last = table().locator(`[aria-rowindex="${total + 1}"]`);
  await expect(last).toBeVisible();
  await expect(last).toContainText('(演示)');
  await table().evaluate((box) => box.scrollTo({ top: box.scrollHeight / 2 }));
  await expect(table().locator(`[aria-rowindex="${Math.floor(total / 2) + 4}"]`)).toContainText('(演示)');
  await expect(table()).not.toContainText('…………');
  await picture(page, 'register-middle');
  await table().evaluate((box) => box.scrollTo({ top: 0 }));
});

test('the keyboard walks the list, opens the file beside it, and goes back', async () => {
  await page.keyboard.press('/');
  await expect(searchField()).toBeFocused();
  await page.keyboard.type(sought.name.slice(0, 2));
  await expect(rows().first()).toContainText(sought.name.slice(0, 2));
  await page.keyboard.press('Escape');
  await expect(searchField()).toHaveValue(sought.name.slice(0, 2));
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await expect(active()).toHaveAttribute('aria-rowindex', '3');
  const second = (await active().getByRole('gridcell').first().innerText()).trim();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: `${second} 档案` })).toBeVisible();
  await page.keyboard.press('j');
  await expect(page.getByRole('complementary', { name: `${second} 档案` })).toBeHidden();
  await expect(page.getByRole('complementary')).toBeVisible();
  await picture(page, 'register-panel');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('complementary')).toBeHidden();
});

test('the file of a subject has a permanent address, beside the list and as a page', async () => {
  await searchField().fill('');
  await go(page, '今日工作');
  await page.evaluate((id) => window.location.assign(`#/subjects/${id}`), sought.id);
  const panel = page.getByRole('complementary', { name: `${sought.name} 档案` });
  await expect(panel).toContainText(sought.uscc);
  await expect(active()).toContainText(sought.name);
  await expect(active()).toBeInViewport();
  const place = Number(await active().getAttribute('aria-rowindex'));
  await page.keyboard.press('k');
  await expect(active()).toHaveAttribute('aria-rowindex', String(place - 1));
  await page.keyboard.press('j');
  await expect(active()).toContainText(sought.name);
  await panel.getByRole('link', { name: '一户一档' }).click();
  await expect(page.getByRole('heading', { level: 1, name: sought.name })).toBeVisible();
  expect(hash()).toBe(`#/subjects/${sought.id}/file`);
  await expect(page.getByRole('region', { name: '许可证照' })).toContainText(sought.no);
  await picture(page, 'dossier');
});

test('Ctrl+K finds subjects and pages from anywhere', async () => {
  await go(page, '今日工作');
  await page.keyboard.press('Control+k');
  await page.keyboard.type(sought.uscc);
  await expect(page.getByText(sought.name, { exact: true })).toBeVisible();
  await picture(page, 'search');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: sought.name })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('同步');
  await expect(page.locator('.ant-select-item-option-active')).toHaveText('同步中心');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: '同步中心' })).toBeVisible();
  await expect(statusBar(page)).toContainText('在线');
});
