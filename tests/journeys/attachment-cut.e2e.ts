/* oxlint-disable unicorn/consistent-function-scoping -- what runs in the page goes there alone */
import { createHash } from 'node:crypto';
import { readdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, expect, type Page, test } from '@playwright/test';
import { signInAnswer } from '#shared/protocol/messages.ts';
import { type CutLine, cutLine } from '../support/cut-line.ts';
import { beginVisit, go, statusBar, workOffline } from './steps.ts';
import { type Centre, openStation, PASSWORD, picture, signIn, startCentre, type Station } from './stage.ts';

test.describe.configure({ mode: 'serial' });

const LINE_PORT = 17_861;
const SIZE = 5_000_000;
/** Places of the photograph where the line breaks: every tenth of it. */
const CUTS = Array.from({ length: 9 }, (_, i) => ((i + 1) * SIZE) / 10);
const [CENTRE_DIES, BROWSER_DIES] = [4, 7];
const deaths: Promise<void>[] = [];

let centre: Centre & { close(): Promise<void> };
let line: CutLine;
let station: Station;
let page: Page;
/** Originals of this size and more do not get through at all. */
let closedFor = Number.POSITIVE_INFINITY;
const cutAt: number[] = [];

/** How far a part may go: to the first place in it where the line has not broken yet. */
function fuse(piece: Buffer): number | undefined {
  const end = piece.indexOf('\r\n\r\n') + 4;
  const head = /^PATCH [^]*?upload-offset: (\d+)/i.exec(piece.subarray(0, Math.max(end, 0)).toString('latin1'));
  const length = Number(/content-length: (\d+)/i.exec(piece.subarray(0, Math.max(end, 0)).toString('latin1'))?.[1]);
  if (!head) return undefined;
  if (length >= closedFor) return end;
  const from = Number(head[1]);
  const place = CUTS.find((one) => !cutAt.includes(one) && one >= from && one < from + length);
  if (place === undefined) return undefined;
  cutAt.push(place);
  return end + place - from;
}

/** Two of the cuts are the end of one side. */
function cut(): void {
  if (deaths.length === 0 && cutAt.length === CENTRE_DIES) deaths.push(centre.stop('SIGKILL'));
  if (deaths.length === 1 && cutAt.length === BROWSER_DIES) deaths.push(station.kill());
}

/** A photograph as a camera held upright writes it: 2400 × 1600 as it lies, with the note that it is to be turned; 5 MB. */
async function photograph(browser: Browser, hue: number): Promise<Buffer> {
  const paper = await browser.newPage();
  const text = await paper.evaluate(async (colour) => {
    const canvas = new OffscreenCanvas(2400, 1600);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    for (let x = 0; x < 2400; x += 4)
      for (let y = 0; y < 1600; y += 4) {
        context.fillStyle = `hsl(${colour + (x / 2400) * 60} 60% ${20 + ((x * 7 + y * 13) % 60)}%)`;
        context.fillRect(x, y, 4, 4);
      }
    const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 })).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  }, hue);
  await paper.close();
  const jpeg = Buffer.from(text, 'base64');
  const turned = Buffer.from('ffe1002245786966000049492a0008000000010012010300010000000600000000000000', 'hex');
  const whole = Buffer.concat([jpeg.subarray(0, 2), turned, jpeg.subarray(2)]);
  return Buffer.concat([whole, Buffer.alloc(SIZE - whole.length)]);
}

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function addPhotograph(name: string, buffer: Buffer): Promise<void> {
  await page.getByLabel('添加照片').setInputFiles({ name, mimeType: 'image/jpeg', buffer });
  await expect(page.getByRole('img', { name })).toBeVisible();
}

/** The bytes as another officer gets them from the centre. */
async function downloaded(account: string, sha256: string): Promise<Buffer> {
  const headers = { 'x-sync-protocol': '2' };
  const json = { account, password: PASSWORD, device: '5b1f7a52-0c58-4a0e-9d3c-6f3f0c1d2e77', deviceName: 'pc' };
  const entry = await fetch(`${centre.url}/auth/v1/sign-in`, { method: 'POST', headers, body: JSON.stringify(json) });
  const { token } = signInAnswer.parse(await entry.json());
  const answer = await fetch(`${centre.url}/sync/v1/files/${sha256}?district=620102`, {
    headers: { ...headers, authorization: `Bearer ${token}` },
  });
  return Buffer.from(await answer.arrayBuffer());
}

const widthOf = (window: Page, name: string): Promise<number> =>
  window
    .getByRole('img', { name })
    .first()
    .evaluate((image) => (image as HTMLImageElement).naturalWidth);

let artist: Browser;

test.beforeAll(async () => {
  centre = await startCentre('village');
  line = await cutLine(Number(new URL(centre.url).port), fuse, cut, LINE_PORT);
  const { launchOptions } = test.info().project.use;
  artist = await chromium.launch(launchOptions);
  station = await openStation(0, `http://127.0.0.1:${LINE_PORT}`);
  page = station.page();
  await signIn(page, 'chengguan01');
  await beginVisit(page, /专项检查：/);
});
test.afterAll(async () => {
  await artist.close();
  await station.close();
  await line.close();
  await centre.close();
});

test('cut at every tenth, the centre killed at one and the browser at another, the photograph arrives as it was taken', async () => {
  const bytes = await photograph(artist, 200);
  await addPhotograph('后厨.jpg', bytes);
  expect(await widthOf(page, '后厨.jpg'), 'upright, and the small one').toBeLessThan(240);

  await expect.poll(() => deaths.length, { timeout: 60_000 }).toBe(1);
  await deaths[0];
  await go(page, '同步中心');
  const progress = page.getByRole('progressbar', { name: '附件上传' });
  await expect(progress).toHaveAttribute('aria-valuenow', /^[1-9]\d$/);
  await expect(page.getByText(/^已上传 [\d.]+ (KB|MB) \/ 4\.8 MB$/)).toBeVisible();
  await picture(page, 'file-on-the-way');
  await centre.start();

  await expect.poll(() => deaths.length, { timeout: 60_000 }).toBe(2);
  await deaths[1];
  page = await station.open();
  await signIn(page, 'chengguan01');

  await expect(statusBar(page)).toContainText('全部已到达中心', { timeout: 90_000 });
  expect(cutAt).toEqual(CUTS);
  expect(line.cuts).toBe(CUTS.length);
  expect(await centre.rows('select state, sha256, "sizeBytes" from attachments where caption = $1', ['后厨.jpg'])).toEqual([
    { state: 'stored', sha256: sha(bytes), sizeBytes: String(SIZE) },
  ]);
  expect((await downloaded('chengguan02', sha(bytes))).equals(bytes)).toBe(true);
});

test('another officer sees the thumbnail while the original cannot get through, and the original once it has', async () => {
  closedFor = 200 * 1024;
  await go(page, '今日工作');
  await page.getByRole('region', { name: '进行中的检查' }).getByRole('link').first().click();
  const bytes = await photograph(artist, 20);
  await addPhotograph('库房.jpg', bytes);
  await expect(statusBar(page)).toContainText('1 个附件待上传');
  const visit = page.url().split('/').at(-1);

  const second = await openStation(1, centre.url);
  const hers = second.page();
  await signIn(hers, 'chengguan02');
  await hers.evaluate((id) => {
    window.location.hash = `#/inspections/${id}`;
  }, visit);
  const shown = hers.getByRole('img', { name: '库房.jpg' });
  await expect(shown).toBeVisible({ timeout: 30_000 });
  expect(await widthOf(hers, '库房.jpg')).toBeLessThan(240);
  await expect(hers.getByText('原件待上传')).toBeVisible();
  await picture(hers, 'original-waits');
  await shown.click();
  await expect(hers.getByText('这是缩略图，原件尚未到达。')).toBeVisible();
  await picture(hers, 'only-the-thumbnail');
  await hers.keyboard.press('Escape');
  expect(await centre.rows('select state from attachments where caption = $1', ['库房.jpg'])).toEqual([{ state: 'announced' }]);

  closedFor = Number.POSITIVE_INFINITY;
  await expect(statusBar(page)).toContainText('全部已到达中心', { timeout: 90_000 });
  await expect(hers.getByText('原件待上传')).toBeHidden();
  await shown.click();
  await expect
    .poll(() => hers.locator('.ant-image-preview img').evaluate((image) => (image as HTMLImageElement).naturalWidth), {
      timeout: 20_000,
    })
    .toBe(1600);
  await picture(hers, 'the-original');
  expect((await downloaded('chengguan03', sha(bytes))).equals(bytes)).toBe(true);
  await second.close();
});

test('a photograph whose bytes are gone from the workstation is told, and goes once they are back', async () => {
  const folder = join(station.profile, '../data/files');
  const sizes = () =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => ({ path: join(folder, name), size: statSync(join(folder, name)).size }))
      .filter(({ size }) => size > SIZE);
  await workOffline(page, true);
  const known = sizes().map(({ path }) => path);
  await go(page, '今日工作');
  await page.getByRole('region', { name: '进行中的检查' }).getByRole('link').first().click();
  await addPhotograph('餐具.jpg', await photograph(artist, 120));
  const [lost] = sizes().filter(({ path }) => !known.includes(path));
  if (!lost) throw new Error('the photograph is not on the disk');
  renameSync(lost.path, join(station.profile, '../away'));

  await workOffline(page, false);
  await expect(statusBar(page)).toContainText('1 项待处理', { timeout: 30_000 });
  const card = page.getByRole('listitem').filter({ hasText: '原件缺失' });
  await expect(card).toContainText('餐具.jpg');
  await picture(page, 'original-lost');
  renameSync(join(station.profile, '../away'), lost.path);
  await card
    .getByRole('button', { name: '重 试' })
    .or(card.getByRole('button', { name: '重试' }))
    .click();
  await expect(statusBar(page)).toContainText('全部已到达中心', { timeout: 30_000 });
  await expect(statusBar(page)).not.toContainText('待处理');
  expect(await centre.rows('select state from attachments where caption = $1', ['餐具.jpg'])).toEqual([{ state: 'stored' }]);
});

test('during office hours originals can be told to wait', async () => {
  await go(page, '设置');
  const pause = page.getByRole('switch', { name: '办公时间暂停上传原件' });
  await expect(pause).toHaveAttribute('aria-checked', 'false');
  await pause.click();
  await expect(pause).toHaveAttribute('aria-checked', 'true');
  await picture(page, 'settings-transfer');
  await station.kill();
  page = await station.open();
  await signIn(page, 'chengguan01');
  await go(page, '设置');
  await expect(page.getByRole('switch', { name: '办公时间暂停上传原件' })).toHaveAttribute('aria-checked', 'true');
});
