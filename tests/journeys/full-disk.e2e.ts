import { expect, type Locator, type Page, test } from '@playwright/test';
import {
  beginVisit,
  expectWaiting,
  go,
  knock,
  openSubject,
  openVisit,
  paragraph,
  recordAt,
  recordIn,
  statusBar,
  waiting,
  workOffline,
} from './steps.ts';
import { type SmallDisk, smallDisk } from './small-disk.ts';
import { type Centre, openStation, PASSWORD, picture, signIn, startCentre, type Station } from './stage.ts';

test.describe.configure({ mode: 'serial' });

/** With less than 200 MiB of room nothing is loaded from the centre, so it begins with more. */
const DISK_MIB = 320;
const OFFICER = 'o-chengguan01';
const FULL = '本机磁盘空间不足，无法继续保存。';

let disk: SmallDisk;
let centre: Centre & { close(): Promise<void> };
let station: Station;
let page: Page;
let bakery: string;
/** Every paragraph that was called saved, in order. */
const saved: string[] = [];
const toClose: (() => unknown)[] = [];

test.beforeAll(async () => {
  try {
    disk = smallDisk(DISK_MIB);
  } catch (error) {
    console.log(`no small disk on this machine, nothing of a full disk is tried: ${String(error)}`);
    test.skip();
  }
  toClose.unshift(() => disk.close());
  centre = await startCentre('village');
  toClose.unshift(() => centre.close());
  const [subject] = await centre.rows<{ name: string }>(`select name from subjects where state = 'active' order by id limit 1`);
  bakery = subject?.name ?? '';
  station = await openStation(0, centre.url, disk.folder);
  toClose.unshift(() => station.close());
  page = station.page();
  await signIn(page, 'chengguan01');
  await beginVisit(page, /专项检查：/);
});
test.afterAll(async () => {
  for (const close of toClose) await close();
});

const refusal = (): Locator => page.locator('.ant-notification-notice').filter({ hasText: FULL });

/** Writes a paragraph; it is saved or it is refused in words, and the screen says which. */
async function tries(text: string): Promise<'saved' | 'refused'> {
  await paragraph(page).fill(text);
  await page.getByRole('button', { name: '加入记录' }).click();
  await expect(paragraph(page).and(page.locator(':placeholder-shown')).or(refusal())).toBeVisible({ timeout: 30_000 });
  if (await refusal().isVisible()) {
    await expect(refusal()).toContainText('之前保存的工作未受影响。');
    await refusal().getByRole('button', { name: '关闭' }).click();
    await expect(refusal()).toHaveCount(0);
    await expect(paragraph(page), 'what was refused stays in the field').toHaveValue(text);
    return 'refused';
  }
  saved.push(text);
  return 'saved';
}

/** Works on while the disk fills up to the last byte: the first few bytes may still find a place. */
async function workUntilRefused(round: string): Promise<void> {
  disk.fill();
  for (let n = 1; (await tries(`${round}第${n}段`)) === 'saved'; n++) expect(n).toBeLessThan(50);
  expect(await tries(`${round}再试`)).toBe('refused');
}

/** Nothing of what was called saved is missing, nothing is there twice, and of what was refused no more than `more`. */
function expectSaved(record: readonly string[], more: number): void {
  expect(new Set(record).size, 'nothing twice').toBe(record.length);
  expect(record.filter((text) => saved.includes(text))).toEqual(saved);
  expect(record.length - saved.length).toBeLessThanOrEqual(more);
}

test('on a full disk work is refused in words, and all that is here can be read', async () => {
  for (const text of ['满前一段', '满前二段']) expect(await tries(text)).toBe('saved');
  await workUntilRefused('满时');
  const banner = page.getByRole('alert').filter({ hasText: FULL });
  await expect(banner).toContainText('请清理磁盘后重试，不要关闭程序。');
  await expect(statusBar(page)).toContainText(/在线.*可用 0 B/);
  await picture(page, 'full-disk');
  const png = await page.screenshot();
  await page.getByLabel('添加照片').setInputFiles({ name: '后厨.png', mimeType: 'image/png', buffer: png });
  await expect(refusal()).toBeVisible();
  await refusal().getByRole('button', { name: '关闭' }).click();

  for (const place of ['任务', '检查', '问题', '监管对象'] as const) {
    await go(page, place);
    await expect(page.getByRole('grid', { name: place }).getByRole('row').nth(2)).toBeVisible();
    await expect(banner).toBeVisible();
  }
  await expect(await openSubject(page, bakery)).toContainText('联系电话');
  await picture(page, 'full-disk-reading');
  await go(page, '同步中心');
  await expect(page.getByRole('main')).toContainText('本机磁盘空间紧张，请尽快清理。');
  await picture(page, 'full-disk-sync-centre');
  await openVisit(page);
  expectSaved(await recordIn(page), 0);
});

test('once there is room work goes on where it stood, and all of it reaches the centre once', async () => {
  expect(await tries('仍满一段')).toBe('refused');
  disk.clear();
  expect(await tries('仍满一段')).toBe('saved');
  expect(await tries('清后一段')).toBe('saved');
  await expect(page.getByRole('alert').filter({ hasText: FULL })).toHaveCount(0);
  await paragraph(page).pressSequentially('草稿');
  await expect(page.getByRole('status').filter({ hasText: /^草稿已保存/ })).toBeVisible();
  await paragraph(page).fill('');
  await expectWaiting(page, 0);
  await expect.poll(() => recordIn(page)).toEqual(await recordAt(centre, OFFICER));
  expectSaved(await recordAt(centre, OFFICER), 0);
});

test('what was saved since then is there after the next power cut, too', async () => {
  await station.kill();
  page = await station.open();
  await signIn(page, 'chengguan01');
  await openVisit(page);
  await expect.poll(() => recordIn(page)).toEqual(await recordAt(centre, OFFICER));
});

test('killed on the full disk and started on it again, the workstation opens nothing; cleared, it has everything that was saved', async () => {
  await workOffline(page, true);
  await openVisit(page);
  for (const text of ['离线一段', '离线二段']) expect(await tries(text)).toBe('saved');
  await workUntilRefused('离线满时');
  const before = await waiting(page);
  for (const start of ['first', 'second']) {
    await station.kill();
    disk.fill();
    page = await station.open();
    await knock(page, 'chengguan01', PASSWORD);
    await expect(page.getByRole('alert').filter({ hasText: FULL }), start).toBeVisible({ timeout: 30_000 });
  }
  await picture(page, 'full-disk-door');
  disk.clear();
  await knock(page, 'chengguan01', PASSWORD);
  // What Chromium left of its databases is not the same each time; the journal has what they lack.
  await expect(page.getByRole('heading', { level: 1, name: /^(今日工作|本机数据恢复)$/ })).toBeVisible({ timeout: 60_000 });
  const goOn = page.getByRole('button', { name: '继续' });
  if (await goOn.isVisible()) {
    await picture(page, 'full-disk-recovered');
    await goOn.click();
  }
  expect(await waiting(page)).toBeGreaterThanOrEqual(before);
  await workOffline(page, false);
  await expectWaiting(page, 0);
  expectSaved(await recordAt(centre, OFFICER), 1);
  await openVisit(page);
  expect(await tries('重开一段')).toBe('saved');
  await expectWaiting(page, 0);
  expectSaved(await recordAt(centre, OFFICER), 1);
  await expect(statusBar(page)).not.toContainText('待处理');
});
