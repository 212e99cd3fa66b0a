import { expect, type Locator, type Page, test } from '@playwright/test';
import { type Administrator, administrator } from './administrator.ts';
import { editSubject, expectWaiting, go, knock, openSubject, statusBar, workOffline } from './steps.ts';
import { type Centre, openStation, PASSWORD, picture, signIn, startCentre, type Station } from './stage.ts';

test.describe.configure({ mode: 'serial' });

let centre: Centre & { close(): Promise<void> };
const stations: Station[] = [];
let admin: Administrator;
/** Of the officer whose grant ends, and of the head of the station. */
let his: Page;
let hers: Page;

interface Found {
  readonly id: string;
  readonly category: string;
}
let bakery: string;
let clear: Found;
let disputed: Found;

test.beforeAll(async () => {
  centre = await startCentre('village');
  const [subject] = await centre.rows<{ name: string }>(`select name from subjects where state = 'active' order by id limit 1`);
  const inState = async (state: string): Promise<Found> => {
    const [problem] = await centre.rows<Found>('select id, category from problems where state = $1 order by id limit 1', [state]);
    if (!problem) throw new Error(`the village has no problem that is ${state}`);
    return problem;
  };
  if (!subject) throw new Error('the village has no subject');
  bakery = subject.name;
  [clear, disputed] = [await inState('found'), await inState('submitted')];
  admin = await administrator(centre.url);
  const open = async (place: number): Promise<Page> => {
    const station = await openStation(place, centre.url);
    stations.push(station);
    return station.page();
  };
  [his, hers] = [await open(0), await open(1)];
  await signIn(his, 'chengguan01');
  await signIn(hers, 'chengguan-head');
});
test.afterAll(async () => {
  for (const station of stations) await station.close();
  await centre.close();
});

async function decide(page: Page, problem: Found, verb: string, asked: string, words: string, state: string): Promise<void> {
  await go(page, '问题');
  await page.evaluate((id) => window.location.assign(`#/problems/${id}`), problem.id);
  const panel = page.getByRole('complementary', { name: '问题' });
  await panel.getByRole('button', { name: verb, exact: true }).click();
  await page.getByRole('dialog').getByLabel(asked).fill(words);
  await page.getByRole('dialog').getByRole('button', { name: verb, exact: true }).click();
  await expect(panel.getByText(state, { exact: true }).first()).toBeVisible();
}

const dismiss = (page: Page, words: string): Promise<void> => decide(page, clear, '判为误报', '理由', words, '误报');
const pass = (page: Page, words: string): Promise<void> => decide(page, disputed, '复查通过', '复查结论', words, '已闭环');

const held = (text: string): Locator => hers.getByRole('listitem').filter({ hasText: '未办原因' }).filter({ hasText: text });

test('who has no supervisor’s grant sees no work to take over', async () => {
  await go(his, '同步中心');
  await expect(his.getByRole('tab', { name: '同步记录' })).toBeVisible();
  await expect(his.getByRole('tab', { name: /^待接手/ })).toHaveCount(0);
});

test('what an officer did before the grant ended is refused, said to be with a supervisor, and lists say why they are gone', async () => {
  await workOffline(his, true);
  await dismiss(his, '现场复核，标签完好');
  await pass(his, '照片清晰，整改到位');
  await editSubject(his, await openSubject(his, bakery), { 负责人: '撤权前所填' });
  await expectWaiting(his, 3);
  await admin.withdraw('g-chengguan01-d620102');
  await workOffline(his, false);
  await expectWaiting(his, 0);
  const cards = his.getByRole('listitem').filter({ hasText: '已交主管' });
  await expect(cards).toHaveCount(3);
  await expect(cards.first()).toContainText('此项工作已原样交由主管接手，无需再次提交。');
  await expect(cards.first().getByRole('button')).toHaveText(['知道了']);
  await picture(his, 'handed-over');
  await cards.first().getByRole('button', { name: '知道了' }).click();
  await expect(cards).toHaveCount(2);
  for (const place of ['问题', '监管对象', '今日工作']) {
    await his.getByRole('navigation').getByRole('link', { name: place, exact: true }).click();
    await expect(his.getByRole('main')).toContainText('您没有该区县数据的授权。');
  }
  await picture(his, 'no-grant');
});

test('a supervisor is told of it on the page of the day, reads what was meant, and takes it over in her own name', async () => {
  await go(hers, '今日工作');
  const tile = hers.getByRole('link', { name: /待接手的工作/ });
  await expect(tile).toContainText('3');
  await picture(hers, 'held-today');
  await tile.click();
  await expect(hers.getByRole('tab', { name: '待接手（3）' })).toBeVisible();
  const card = held('现场复核，标签完好');
  await expect(card).toContainText('判为误报');
  await expect(card).toContainText('上报时该人员在本区县的授权已结束。');
  await expect(held('撤权前所填')).toContainText('负责人');
  await picture(hers, 'held-work');
  await card.getByRole('button', { name: '接手办理' }).click();
  await expect(card).toHaveCount(0);
  await expectWaiting(hers, 0);
  const handled = hers.getByRole('region', { name: '已处理' });
  await expect(handled.getByRole('listitem').filter({ hasText: '办理人' })).toContainText('已接手');
  await expect
    .poll(() => centre.rows('select state, conclusion from problems where id = $1', [clear.id]))
    .toEqual([{ state: 'falsePositive', conclusion: '现场复核，标签完好' }]);
  const decided = await centre.rows(
    `select actor, name from sync_mutation where name in ('problems.dismiss', 'heldWork.take') and status = 'applied' order by n`,
  );
  expect(decided).toEqual([
    { actor: 'o-chengguan-head', name: 'problems.dismiss' },
    { actor: 'o-chengguan-head', name: 'heldWork.take' },
  ]);
});

test('what no longer applies is refused in words and stays held, until it is discarded with a reason', async () => {
  await pass(hers, '站内已现场复查');
  await go(hers, '同步中心');
  await hers.getByRole('tab', { name: /^待接手/ }).click();
  const card = held('照片清晰，整改到位');
  await card.getByRole('button', { name: '接手办理' }).click();
  await expect(card.getByRole('alert')).toContainText('未能接手：状态已被更新，此项办理不再适用。');
  await expect(card.getByRole('alert')).toContainText('该项仍为待接手，内容未变。');
  await picture(hers, 'held-refused');
  await card.getByRole('button', { name: '作废' }).click();
  await hers.getByRole('dialog').getByLabel('理由').fill('已由本站另行处理');
  await hers.getByRole('dialog').getByRole('button', { name: '作废' }).click();
  await expect(card).toHaveCount(0);
  await expectWaiting(hers, 0);
  const line = hers.getByRole('region', { name: '已处理' }).getByRole('listitem').filter({ hasText: '已由本站另行处理' });
  await expect(line).toContainText('已作废');
  await expect
    .poll(() => centre.rows(`select state, count(*)::int as n from "heldWork" group by state order by state`))
    .toEqual([
      { state: 'discarded', n: 1 },
      { state: 'held', n: 1 },
      { state: 'taken', n: 1 },
    ]);
  await picture(hers, 'held-handled');
});

test('an officer who has left is told so and reaches nothing else, and is told so again at the door', async () => {
  await admin.dismiss('o-chengguan01');
  await expect(his.getByRole('heading', { level: 1, name: '账号已停用' })).toBeVisible({ timeout: 60_000 });
  await expect(his.getByRole('navigation')).toHaveCount(0);
  await expect(his.getByRole('main')).toContainText('您的工作已全部送达中心，可退出登录。');
  await picture(his, 'left');
  await his.getByRole('button', { name: '退出登录' }).click();
  await knock(his, 'chengguan01', PASSWORD);
  await expect(his.getByRole('alert').filter({ hasText: '您的账号已停用。' })).toBeVisible();
  await picture(his, 'left-at-the-door');
});

test('a workstation that was reported lost sends what waits, destroys the rest and ends at the door', async () => {
  await workOffline(hers, true);
  await editSubject(hers, await openSubject(hers, bakery), { 负责人: '遗失前所填' });
  await expectWaiting(hers, 1);
  await centre.rows(`update workstation set wipe_asked_at = $1 where officer_id = 'o-chengguan-head'`, [Date.now()]);
  await go(hers, '同步中心');
  await hers.getByRole('switch', { name: '离线工作' }).click();
  await expect(hers.getByRole('heading', { name: '登录' })).toBeVisible({ timeout: 60_000 });
  await expect
    .poll(() => centre.rows('select "contactName" from subjects where name = $1', [bakery]))
    .toEqual([{ contactName: '遗失前所填' }]);
  await expect
    .poll(() => centre.rows(`select 1 from workstation where officer_id = 'o-chengguan-head' and wiped_at is not null`))
    .toHaveLength(1);
  await expect(statusBar(hers)).toHaveCount(0);
});
