import { expect, type Locator, type Page, test } from '@playwright/test';
import { editSubject, expectWaiting, go, menu, openSubject, statusBar, turnOffline, workOffline } from './steps.ts';
import { type Centre, openStation, picture, signIn, startCentre, type Station } from './stage.ts';

test.describe.configure({ mode: 'serial' });

let centre: Centre & { close(): Promise<void> };
let stations: readonly [Station, Station];
let his: Page;
let hers: Page;
/** Two subjects both officers meddle with. */
let bakery: string;
let canteen: string;

interface Found {
  readonly id: string;
  readonly category: string;
}
let problem: Found;
const nameOf = new Map<string, string>();

test.beforeAll(async () => {
  centre = await startCentre('village');
  const subjects = await centre.rows<{ name: string }>(`select name from subjects where state = 'active' order by id limit 2`);
  [bakery, canteen] = subjects.map(({ name }) => name) as [string, string];
  const [found] = await centre.rows<Found>(`select id, category from problems where state = 'found' order by id limit 1`);
  if (!found) throw new Error('the village has no new problem');
  problem = found;
  const officers = await centre.rows<{ account: string; name: string }>('select account, name from officers');
  for (const { account, name } of officers) nameOf.set(account, name);
  stations = [await openStation(0, centre.url), await openStation(1, centre.url)];
  [his, hers] = [stations[0].page(), stations[1].page()];
  await signIn(his, 'chengguan01');
  await signIn(hers, 'chengguan02');
});
test.afterAll(async () => {
  for (const station of stations) await station.close();
  await centre.close();
});

const fact = (panel: Locator, label: string): Locator => panel.locator('dt', { hasText: label }).locator('+ dd').first();

test('what one officer changes the other sees without doing anything', async () => {
  const seen = await openSubject(hers, bakery);
  await editSubject(his, await openSubject(his, bakery), { 负责人: '马文静' });
  await expect(fact(seen, '负责人')).toHaveText('马文静');
  await expectWaiting(his, 0);
});

/** Both work offline on one subject: the same field differently, and each a field of their own; he comes back first. */
async function meddle(name: string): Promise<void> {
  await workOffline(his, true);
  await workOffline(hers, true);
  await editSubject(his, await openSubject(his, name), { 负责人: '他填的人', 联系电话: '13800000001' });
  await editSubject(hers, await openSubject(hers, name), { 负责人: '她填的人', 地址: `${name}门前` });
  await workOffline(his, false);
  await expectWaiting(his, 0);
  await workOffline(hers, false);
  await expectWaiting(hers, 0);
}

const disputed = (page: Page): Locator => page.getByRole('row', { name: '负责人' });

async function decide(page: Page, side: '采用我的' | '保留对方的'): Promise<void> {
  await disputed(page).getByText(side, { exact: true }).click();
  await page.getByRole('button', { name: '确定' }).click();
  await expect(page.getByText('没有需要处理的修改')).toBeVisible();
  await expectWaiting(page, 0);
}

async function expectBoth(name: string, facts: Readonly<Record<string, string>>): Promise<void> {
  for (const page of [his, hers]) {
    const panel = await openSubject(page, name);
    for (const [label, text] of Object.entries(facts)) await expect(fact(panel, label)).toHaveText(text);
    await expect(statusBar(page)).toContainText('全部已到达中心');
    await expect(statusBar(page)).not.toContainText('待处理');
  }
}

test('different fields of one subject both stand; for the same field the second decides, and takes hers', async () => {
  await meddle(bakery);
  await expect(hers.getByText('部分采用')).toBeVisible();
  for (const told of ['马文静', '她填的人', '他填的人']) await expect(disputed(hers)).toContainText(told);
  await picture(hers, 'merged');
  await decide(hers, '采用我的');
  await expectBoth(bakery, { 负责人: '她填的人', 联系电话: '13800000001', 地址: `${bakery}门前` });
});

test('of another subject she keeps what he wrote', async () => {
  await meddle(canteen);
  await decide(hers, '保留对方的');
  await expectBoth(canteen, { 负责人: '他填的人', 联系电话: '13800000001', 地址: `${canteen}门前` });
});

/** A problem in the list, by its permanent address. */
async function openProblem(page: Page): Promise<Locator> {
  await go(page, '问题');
  await page.evaluate((id) => window.location.assign(`#/problems/${id}`), problem.id);
  const panel = page.getByRole('complementary', { name: '问题' });
  await expect(panel.getByRole('heading', { level: 1, name: problem.category })).toBeVisible();
  return panel;
}

test('who decides on a problem second is told how it stands now and what remains to do', async () => {
  await workOffline(his, true);
  await workOffline(hers, true);
  await (await openProblem(his)).getByRole('button', { name: '判为误报' }).click();
  await his.getByRole('dialog').getByLabel('理由').fill('现场复核，标签完好');
  await his.getByRole('dialog').getByRole('button', { name: '判为误报' }).click();
  const panel = await openProblem(hers);
  await panel.getByRole('button', { name: '确认问题' }).click();
  await expect(panel.getByText('已确认', { exact: true }).first()).toBeVisible();
  await workOffline(his, false);
  await expectWaiting(his, 0);
  await workOffline(hers, false);
  await expectWaiting(hers, 0);

  await expect(statusBar(hers)).toContainText('1 项待处理');
  await expect(hers.getByText('未被接受')).toBeVisible();
  const told = hers.getByRole('listitem').filter({ hasText: '您的原意' });
  await expect(told).toContainText('确认问题');
  await expect(told).toContainText('状态已被更新，此项办理不再适用。');
  await expect(told).toContainText('当前状态：误报');
  await expect(told).toContainText('“误报”状态下已无可办理的步骤，不能再次提交。');
  await expect(told.getByRole('button', { name: '再次提交' })).toHaveCount(0);
  await picture(hers, 'refused');
  const marked = await openProblem(hers);
  await expect(marked).toContainText('“误报”的问题不再办理');
  await marked.getByRole('link', { name: '未被接受，查看同步中心' }).click();
  await hers.getByRole('button', { name: '放弃并说明' }).click();
  await hers.getByRole('dialog').getByLabel('放弃的理由').fill('同意对方的判断');
  await hers.getByRole('dialog').getByRole('button', { name: '放弃并说明' }).click();
  await expect(hers.getByText('没有需要处理的修改')).toBeVisible();
});

/** Who is here leaves, with one change that waits. */
async function leaveBehind(page: Page, account: string): Promise<void> {
  await expectWaiting(page, 1);
  await menu(page, nameOf.get(account) ?? account, '退出登录');
  await expect(page.getByRole('dialog')).toContainText('您有 1 项修改尚未到达中心');
  await page.getByRole('dialog').getByRole('button', { name: '退出登录' }).click();
  await expect(page.getByRole('heading', { name: '登录' })).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

test('on one workstation each officer finds what waits of their own, and nothing goes up in the name of another', async () => {
  const atCentre = async (): Promise<unknown> => {
    const sql = `select name, "contactName", "contactPhone" from subjects where name = any($1) order by array_position($1, name)`;
    return (await centre.rows(sql, [[bakery, canteen]])).map((row) => Object.values(row));
  };
  const [[, steward, phone], [, cook]] = (await atCentre()) as [string[], string[]];
  await workOffline(his, true);
  await editSubject(his, await openSubject(his, bakery), { 联系电话: '13900000009' });
  await leaveBehind(his, 'chengguan01');

  await turnOffline(his, false);
  await signIn(his, 'chengguan03');
  await expectWaiting(his, 0);
  await expect(await openSubject(his, bakery)).not.toContainText('13900000009');
  await workOffline(his, true);
  await editSubject(his, await openSubject(his, canteen), { 负责人: '第三人所填' });
  await leaveBehind(his, 'chengguan03');

  await signIn(his, 'chengguan01');
  await expect(await openSubject(his, canteen)).toContainText(cook ?? '');
  await expect(fact(await openSubject(his, bakery), '联系电话')).toHaveText('13900000009');
  await go(his, '同步中心');
  const waits = his.getByRole('region', { name: '尚未到达中心' });
  await expect(waits).toContainText(bakery);
  await expect(waits).toContainText('13900000009');
  await expect(waits).not.toContainText(canteen);
  await picture(his, 'found-again');
  expect(await atCentre()).toEqual([
    [bakery, steward, phone],
    [canteen, cook, '13800000001'],
  ]);
  await turnOffline(his, false);
  await expectWaiting(his, 0);
  expect(await atCentre()).toEqual([
    [bakery, steward, '13900000009'],
    [canteen, cook, '13800000001'],
  ]);

  await menu(his, nameOf.get('chengguan01') ?? '', '退出登录');
  await signIn(his, 'chengguan03');
  await expectWaiting(his, 0);
  await expect(fact(await openSubject(his, canteen), '负责人')).toHaveText('第三人所填');
  const last = await centre.rows(`select actor, name from audit order by no desc limit 2`);
  expect(last).toEqual([
    { actor: 'o-chengguan03', name: 'subjects.edit' },
    { actor: 'o-chengguan01', name: 'subjects.edit' },
  ]);
  await menu(his, nameOf.get('chengguan03') ?? '', '退出登录');
  await signIn(his, 'chengguan01');
});

test('in the end nothing waits and both copies show the same', async () => {
  const shown: string[] = [];
  for (const page of [his, hers]) {
    await expect(statusBar(page)).toContainText('全部已到达中心');
    await expect(statusBar(page)).not.toContainText('待处理');
    const panel = await openProblem(page);
    await expect(panel).toContainText('尚无照片'); // what comes last
    shown.push(await panel.innerText());
  }
  expect(shown[0]).toContain('误报');
  expect(shown[1]).toBe(shown[0]);
});
