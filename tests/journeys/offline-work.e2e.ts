import { expect, type Locator, type Page, test } from '@playwright/test';
import { answer, beginVisit, expectWaiting, go, knock, statusBar, waiting, workOffline } from './steps.ts';
import { type Centre, openStation, picture, signIn, startCentre, type Station } from './stage.ts';

test.describe.configure({ mode: 'serial' });

let centre: Centre & { close(): Promise<void> };
let first: Station;
let page: Page;
let subjectName: string;
const REMARK = '消毒柜未通电，餐具无消毒记录';
const NOTE = '现场负责人陪同检查，态度配合。';

test.beforeAll(async () => {
  centre = await startCentre('village');
  first = await openStation(0, centre.url);
  page = first.page();
  await signIn(page, 'chengguan01');
});
test.afterAll(async () => {
  await first.close();
  await centre.close();
});

/** Does something that is saved here; the sign says so and one more change waits. */
async function saved(work: () => Promise<void>, changes = 1): Promise<void> {
  const before = await waiting(page);
  await work();
  await expectWaiting(page, before + changes);
  await expect(page.getByRole('status').filter({ hasText: /^已保存 \d\d:\d\d$/ })).toBeInViewport();
}

/** The visit under way, from the page of the day. */
async function openVisit(): Promise<void> {
  await go(page, '今日工作');
  await page
    .getByRole('region', { name: '进行中的检查' })
    .getByRole('link', { name: `继续：${subjectName}` })
    .click();
  await expect(page.getByRole('heading', { level: 1, name: subjectName })).toBeVisible();
}

const items = (): Locator => page.getByRole('radiogroup', { name: /^第 \d+ 项$/ });

test('without the centre a task is taken, a visit begun and notice given, each saved at once', async () => {
  await centre.stop('SIGKILL');
  await expect(statusBar(page)).toContainText('服务器不可达', { timeout: 60_000 });
  await go(page, '任务');
  const [task] = await page
    .getByRole('grid', { name: '任务' })
    .getByRole('row', { name: /投诉举报核查：/ })
    .all();
  if (!task) throw new Error('the officer has no complaint to check');
  await task.click();
  const panel = page.getByRole('complementary', { name: '任务' });
  subjectName = (await panel.getByRole('link').first().innerText()).trim();
  await panel.getByRole('button', { name: '接收任务' }).click();
  await expect(panel).toContainText('已接收');
  await expectWaiting(page, 1);
  await expect(panel.getByRole('img', { name: '尚未到达中心' })).toBeVisible();
  await beginVisit(page, /投诉举报核查：/);
  await expectWaiting(page, 3);
  await expect(page.getByRole('status').filter({ hasText: /^已保存/ })).toBeVisible();
});

test('a power cut amid the checklist loses nothing; only the password opens the workstation again without the centre', async () => {
  const half = Math.floor((await items().count()) / 2);
  for (let no = 1; no <= half; no++) await saved(() => answer(page, no, no === 3 ? '否' : '是'));
  await saved(async () => {
    await page.getByRole('textbox', { name: '第 3 项 备注' }).fill(REMARK);
    await page.getByRole('textbox', { name: '第 3 项 备注' }).press('Enter');
  });
  const before = await waiting(page);

  await first.kill();
  page = await first.open();
  await knock(page, 'chengguan01', 'not-the-password');
  await expect(page.getByRole('alert').filter({ hasText: '密码与本机保存的不符' })).toBeVisible();
  await picture(page, 'offline-refused');
  await signIn(page, 'chengguan01');
  await expectWaiting(page, before);
  await openVisit();
  for (let no = 1; no <= half; no++)
    await expect(
      page
        .getByRole('radiogroup', { name: `第 ${no} 项`, exact: true })
        .getByRole('radio', { name: no === 3 ? '否' : '是', exact: true }),
    ).toBeChecked();
  await expect(page.getByRole('textbox', { name: '第 3 项 备注' })).toHaveValue(REMARK);
});

test('the rest of the checklist, a note, a photograph and a problem: the visit is completed without the centre', async () => {
  const count = await items().count();
  for (let no = Math.floor(count / 2) + 1; no <= count; no++)
    await saved(() => answer(page, no, no === count ? '合理缺项' : '是'));
  await saved(async () => {
    await page.getByRole('textbox', { name: '补充一段检查记录' }).fill(NOTE);
    await page.getByRole('button', { name: '加入记录' }).click();
  });
  await expect(page.getByRole('region', { name: '检查记录' })).toContainText(NOTE);
  await saved(async () => {
    const png = await page.screenshot();
    await page.getByLabel('添加照片').setInputFiles({ name: '后厨消毒柜.png', mimeType: 'image/png', buffer: png });
  });
  await expect(page.getByRole('img', { name: '后厨消毒柜.png' })).toBeVisible();
  await expect(statusBar(page)).toContainText('1 个附件待上传');

  await page.locator('#item-3').getByRole('button', { name: '登记问题' }).click();
  const form = page.getByRole('dialog');
  await expect(form.getByLabel('问题描述')).toHaveValue(REMARK);
  await form.getByRole('button', { name: '7 天' }).click();
  await picture(page, 'file-problem');
  const before = await waiting(page);
  await form.getByRole('button', { name: '登记问题' }).click();
  await expect(form).toBeHidden();
  await expectWaiting(page, before + 1);

  await picture(page, 'inspection-offline');
  await saved(async () => {
    await page.getByRole('button', { name: '完成检查' }).click();
    await page.getByRole('tooltip').getByRole('button', { name: '确定' }).click();
  });
  await expect(page.getByText('记录已完成，不能再改动。')).toBeVisible();
});

test('by choice offline nothing goes up although the centre answers; then everything does, in the order it was done', async () => {
  await workOffline(page, true);
  await centre.start();
  const before = await waiting(page);
  await page.getByRole('link', { name: '检查', exact: true }).click();
  await expect(statusBar(page)).toContainText(`${before} 项待上报`);
  expect(await centre.rows('select id from inspections where state = $1', ['inProgress'])).toEqual([]);
  await picture(page, 'waiting-offline');

  await workOffline(page, false);
  await expectWaiting(page, 0);
  await expect(statusBar(page)).not.toContainText('待上传', { timeout: 30_000 });
  await expect(statusBar(page)).not.toContainText('待处理');

  const [visit] = await centre.rows<{ id: string; note: string; state: string }>(
    `select i.id, i.note, i.state from inspections i join subjects s on s.id = i."subjectId" where s.name = $1
     order by "startedAt" desc limit 1`,
    [subjectName],
  );
  expect(visit).toMatchObject({ note: NOTE, state: 'completed' });
  expect(await centre.rows('select state, mime from attachments where "ownerId" = $1', [visit?.id])).toEqual([
    { state: 'stored', mime: 'image/png' },
  ]);
  expect(await centre.rows('select description, state from problems where "inspectionId" = $1', [visit?.id])).toEqual([
    { description: REMARK, state: 'found' },
  ]);
  const names = await centre.rows<{ name: string }>(`select name from audit where actor = 'o-chengguan01' order by no`);
  expect(names.map(({ name }) => name)).toEqual(ORDER(names.length));
});

/** Taken, begun, notice, the answers with one remark among them, note, photograph, problem, done. */
const ORDER = (count: number): string[] => [
  'tasks.accept',
  'inspections.begin',
  'inspections.giveNotice',
  ...Array.from({ length: count - 7 }, () => 'inspections.answer'),
  'inspections.addNote',
  'attachments.announce',
  'problems.file',
  'inspections.complete',
];

test('the other officer of the visit finds it on her own workstation, photograph and problem included', async () => {
  const second = await openStation(1, centre.url);
  const hers = second.page();
  await signIn(hers, 'chengguan02');
  await go(hers, '检查');
  await hers.getByRole('grid', { name: '检查' }).getByRole('row', { name: subjectName }).first().click();
  await expect(hers.getByText('记录已完成，不能再改动。')).toBeVisible();
  await expect(hers.getByRole('region', { name: '检查记录' })).toContainText(NOTE);
  await expect(hers.getByRole('img', { name: '后厨消毒柜.png' })).toBeVisible();
  await expect
    .poll(() => hers.getByRole('img', { name: '后厨消毒柜.png' }).evaluate((image) => (image as HTMLImageElement).naturalWidth))
    .toBe(320);
  await hers.getByRole('region', { name: '本次登记的问题' }).getByRole('link').click();
  await expect(hers.getByRole('group', { name: '问题' }).getByText(REMARK)).toBeVisible();
  await second.close();
});
