/* oxlint-disable unicorn/consistent-function-scoping -- what runs in the page goes there alone */
import { expect, type Page, test } from '@playwright/test';
import { copyAll, dump, load, putAllBack } from '../process/backups.ts';
import { type CentreProcess, startSeededCentre } from '../process/centre-process.ts';
import { type FaultProxy, startFaultProxy } from '../process/fault-proxy.ts';
import { diceOf } from '../support/dice.ts';
import {
  beginVisit,
  expectWaiting,
  go,
  openSubject,
  openVisit,
  paragraph,
  recordAt,
  recordIn,
  statusBar,
  syncNow,
  write,
} from './steps.ts';
import { openStation, picture, signIn, type Station } from './stage.ts';

test.describe.configure({ mode: 'serial' });

const ORIGINS = 'http://127.0.0.1:17870,http://127.0.0.1:17871';
const OFFICER = 'o-chengguan01';
const RESTORED = '发现中心已从备份恢复或更换，本机数据已重新下载';

let centre: CentreProcess;
/** Each workstation has a line of its own. */
let lines: readonly FaultProxy[] = [];
let stations: readonly Station[] = [];
/** He writes the record of a visit, she files problems. */
let his: Page;
let hers: Page;
let bakery: string;
/** What each was told is saved. */
const written: string[] = [];
const filed: string[] = [];

test.beforeAll(async () => {
  centre = await startSeededCentre('village', { ORIGINS });
  const [subject] = await centre.rows<{ name: string }>(`select name from subjects where state = 'active' order by id limit 1`);
  bakery = subject?.name ?? '';
  lines = [await line(), await line()];
  stations = await Promise.all(lines.map(({ url }, place) => openStation(place, url)));
  [his, hers] = stations.map((station) => station.page()) as [Page, Page];
  await Promise.all([signIn(his, 'chengguan01'), signIn(hers, 'chengguan02')]);
  await beginVisit(his, /专项检查：/);
});
test.afterAll(async () => {
  for (const one of [...stations, ...lines, centre]) await one.close();
});

const line = (): Promise<FaultProxy> => startFaultProxy(diceOf(1), () => centre.address());

async function writes(text: string): Promise<void> {
  await write(his, text);
  written.push(text);
}

async function files(description: string): Promise<void> {
  await (await openSubject(hers, bakery)).getByRole('button', { name: '登记问题' }).click();
  const form = hers.getByRole('dialog');
  await form.getByLabel('问题类别').fill('贮存温度');
  await form.getByLabel('问题描述').fill(description);
  await form.getByRole('button', { name: '登记问题' }).click();
  await expect(form).toBeHidden();
  filed.push(description);
}

/** Notes whether this window ever says from now on that there is no subject. */
async function watchList(page: Page): Promise<() => Promise<string | undefined>> {
  await go(page, '监管对象');
  await page.getByRole('searchbox', { name: /^名称、地址/ }).fill('');
  const list = page.getByRole('grid', { name: '监管对象' });
  await expect(list.getByRole('row').nth(2)).toBeVisible();
  await page.evaluate(() => {
    const look = (): void => {
      if (!location.hash.startsWith('#/subjects')) return;
      const told = [...document.querySelectorAll('main [role="status"]')].map(({ textContent }) => textContent);
      if (told.some((text) => text === '0 条' || text?.includes('没有'))) document.body.dataset['empty'] = told.join();
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true });
  });
  return () => page.evaluate(() => document.body.dataset['empty']);
}

const epochs = async (): Promise<readonly string[]> =>
  (await centre.rows<{ reason: string }>('select reason from sync_epoch order by since')).map(({ reason }) => reason);

/** Everything both were told is saved is at the centre once, in order, and on both screens. */
async function expectAll(): Promise<void> {
  for (const page of [his, hers]) await expectWaiting(page, 0);
  expect(await recordAt(centre, OFFICER)).toEqual(written);
  const problems = await centre.rows<{ description: string }>(
    `select description from problems where category = '贮存温度' and description like '恢复%' order by "foundAt", id`,
  );
  expect(problems.map(({ description }) => description)).toEqual(filed);
  const twice = await centre.rows('select mid from audit group by mid having count(*) > 1');
  expect(twice).toEqual([]);
  expect(centre.admin(['verify-audit'])).toContain('whole');
  await openVisit(his);
  await expect.poll(() => recordIn(his)).toEqual(written);
  for (const page of [his, hers]) {
    await go(page, '监管对象');
    await page.getByRole('searchbox', { name: /^名称、地址/ }).fill('');
    const [{ count } = { count: '0' }] = await centre.rows<{ count: string }>('select count(*) from subjects');
    await expect(page.getByRole('status').first()).toHaveText(`${count} 条`);
    await expect(statusBar(page)).not.toContainText('待处理');
  }
}

/** The sync centre says what happened; the trace says when. */
async function expectTold(page: Page, again: RegExp): Promise<void> {
  await go(page, '同步中心');
  await expect(page.getByRole('main')).toContainText(RESTORED);
  await expect(page.getByRole('main')).toContainText(again);
  await page.getByRole('tab', { name: '同步记录' }).click();
  await expect(page.getByRole('main')).toContainText(/中心恢复自备份，已重新提交 [1-9]\d* 项供其核对/);
}

test('a dump is loaded while the centre runs and notices: what it lost comes back from both workstations, once', async () => {
  await writes('备份前一段');
  await files('恢复前已登记');
  for (const page of [his, hers]) await expectWaiting(page, 0);
  await dump(centre);
  await writes('备份后一段');
  await writes('备份后二段');
  await files('恢复后会丢的');
  for (const page of [his, hers]) await expectWaiting(page, 0);
  lines[1]?.setDown(true);
  await expect(statusBar(hers)).toContainText('服务器不可达', { timeout: 60_000 });
  await files('恢复时未上报的');
  await expectWaiting(hers, 1);
  await paragraph(his).fill('写到一半');
  await expect(his.getByRole('status').filter({ hasText: /^草稿已保存/ })).toBeVisible();
  const before = await epochs();

  await load(centre);
  await expect
    .poll(async () => (await epochs()).slice(before.length), { timeout: 30_000 })
    .toEqual([expect.stringMatching(/fell from \d+ to \d+/)]);
  await expect(paragraph(his), 'what was half typed').toHaveValue('写到一半', { timeout: 30_000 });
  const emptied = await watchList(hers);
  lines[1]?.setDown(false);
  await expectTold(his, /曾已送达的 [1-9]\d* 项修改已再次提交供其核对/);
  await picture(his, 'restored-trace');
  await expectWaiting(hers, 0);
  expect(await emptied(), 'a list without rows').toBeUndefined();
  await go(his, '同步中心');
  await picture(his, 'restored-centre');
  await expectAll();
});

test('an image of everything comes back and the centre notices nothing: the workstations do, and give back what it lost', async () => {
  await copyAll(centre);
  const before = await epochs();
  await openVisit(his);
  await writes('镜像后一段');
  await files('恢复镜像后的');
  for (const page of [his, hers]) await expectWaiting(page, 0);
  lines[0]?.setDown(true);
  await expect(statusBar(his)).toContainText('服务器不可达', { timeout: 60_000 });
  await openVisit(his);
  await writes('断线时一段');
  await expectWaiting(his, 1);
  const emptied = await watchList(hers);

  await putAllBack(centre);
  const given = (): Promise<readonly unknown[]> => centre.rows('select id from problems where description = $1', [filed.at(-1)]);
  await syncNow(hers);
  await expect.poll(given, { timeout: 60_000 }).toHaveLength(1);
  await expectWaiting(hers, 0);
  await expectTold(hers, /曾已送达的 [1-9]\d* 项修改已再次提交供其核对/);
  await picture(hers, 'restored-unnoticed');
  expect(await emptied(), 'a list without rows').toBeUndefined();
  lines[0]?.setDown(false);
  await syncNow(his);
  await expectTold(his, /曾已送达的 [1-9]\d* 项修改已再次提交供其核对/);
  expect(await epochs()).toEqual(before);
  await expectAll();
});
