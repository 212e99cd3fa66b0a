/** What an officer does on every journey, by the words on the screen. */
import { expect, type Locator, type Page } from '@playwright/test';
import { type Centre, PASSWORD } from './stage.ts';

type Place = '今日工作' | '网格' | '任务' | '检查' | '问题' | '监管对象' | '同步中心' | '设置';

/** Opens a page of the product by its navigation. */
export async function go(page: Page, place: Place): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: place, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: place, exact: true })).toBeVisible();
}

/** The status bar at the foot of every page. */
export const statusBar = (page: Page): Locator => page.getByRole('contentinfo');

/** How many changes of mine the status bar says are not at the centre. */
export async function waiting(page: Page): Promise<number> {
  const told = await statusBar(page).innerText();
  if (told.includes('全部已到达中心')) return 0;
  return Number(/(\d+) 项待上报/.exec(told)?.[1] ?? Number.NaN);
}

export const expectWaiting = (page: Page, count: number): Promise<void> =>
  expect.poll(() => waiting(page), { message: 'changes waiting', timeout: 60_000 }).toBe(count);

/** Turns the switch 离线工作 that is on the screen. */
export async function turnOffline(page: Page, on: boolean): Promise<void> {
  const toggle = page.getByRole('switch', { name: '离线工作' });
  await expect(toggle).toHaveAttribute('aria-checked', String(!on));
  await toggle.click();
  await expect(toggle).toHaveAttribute('aria-checked', String(on));
}

/** Turns 离线工作 on or off in the sync centre; on again once the centre was heard. */
export async function workOffline(page: Page, on: boolean): Promise<void> {
  await go(page, '同步中心');
  await turnOffline(page, on);
  await expect(statusBar(page)).toContainText(on ? '离线工作已开启' : '在线', { timeout: 30_000 });
}

/** Asks the centre now, whenever the next try is due. */
export async function syncNow(page: Page): Promise<void> {
  await statusBar(page).getByRole('button').click();
  await page.getByRole('dialog').getByRole('button', { name: '立即同步' }).click();
  await page.keyboard.press('Escape');
}

export async function menu(page: Page, officer: string, entry: '锁定' | '退出登录'): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: officer }).click();
  await page.getByRole('menuitem', { name: entry }).click();
}

/** Tries the door and stays before it. */
export async function knock(page: Page, account: string, password: string): Promise<void> {
  await page.getByLabel('账号').fill(account);
  await page.getByLabel('密码').fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
}

export async function unlock(page: Page, password = PASSWORD): Promise<void> {
  await page.getByLabel('密码').fill(password);
  await page.getByRole('button', { name: '解锁' }).click();
}

/** Opens the side panel of a subject from the register. */
export async function openSubject(page: Page, name: string): Promise<Locator> {
  await go(page, '监管对象');
  await page.getByRole('searchbox', { name: /^名称、地址/ }).fill(name);
  await page.getByRole('grid', { name: '监管对象' }).getByRole('row', { name }).click();
  const panel = page.getByRole('complementary', { name: `${name} 档案` });
  await expect(panel.getByRole('heading', { name })).toBeVisible();
  return panel;
}

/** Changes fields of the subject whose panel is open. */
export async function editSubject(page: Page, panel: Locator, changes: Readonly<Record<string, string>>): Promise<void> {
  await panel.getByRole('button', { name: '修改' }).click();
  const form = page.getByRole('dialog');
  for (const [label, text] of Object.entries(changes)) await form.getByLabel(label, { exact: true }).fill(text);
  await form.getByRole('button', { name: '保存' }).click();
  await expect(form).toBeHidden();
}

/** Begins a visit for the first task that fits, notice included. */
export async function beginVisit(page: Page, task: RegExp): Promise<void> {
  await go(page, '任务');
  await page.getByRole('grid', { name: '任务' }).getByRole('row', { name: task }).first().click();
  await page.getByRole('complementary', { name: '任务' }).getByRole('button', { name: '开始检查' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '开始检查' }).click();
  await page.getByRole('button', { name: '已出示证件并告知' }).click();
  await expect(page.getByRole('radiogroup', { name: '第 1 项', exact: true })).toBeVisible();
}

export async function answer(page: Page, no: number, result: '是' | '否' | '合理缺项'): Promise<void> {
  const item = page.getByRole('radiogroup', { name: `第 ${no} 项`, exact: true });
  await item.getByText(result, { exact: true }).click();
  await expect(item.getByRole('radio', { name: result, exact: true })).toBeChecked();
}

/** The visit under way, from the page of the day. */
export async function openVisit(page: Page): Promise<void> {
  await go(page, '今日工作');
  await page.getByRole('region', { name: '进行中的检查' }).getByRole('link').first().click();
  await expect(paragraph(page)).toBeEditable();
}

/** Where one more paragraph of the record is typed. */
export const paragraph = (page: Page): Locator => page.getByRole('textbox', { name: '补充一段检查记录' });

/** Adds a paragraph to the record of the visit; the field is empty again once it was saved. */
export async function write(page: Page, text: string): Promise<void> {
  await paragraph(page).fill(text);
  await page.getByRole('button', { name: '加入记录' }).click();
  await expect(paragraph(page)).toHaveValue('');
}

/** The paragraphs of the record, as this window shows them. */
export const recordIn = async (page: Page): Promise<readonly string[]> =>
  (await page.getByRole('region', { name: '检查记录' }).locator('.said').innerText()).split('\n');

/** The paragraphs that the centre has, of the visit an officer began last and has not completed. */
export async function recordAt(centre: Pick<Centre, 'rows'>, officer: string): Promise<readonly string[]> {
  const [visit] = await centre.rows<{ note: string | null }>(
    `select note from inspections where state = 'inProgress' and "officerIds" ? $1 order by "startedAt" desc limit 1`,
    [officer],
  );
  return visit?.note?.split('\n') ?? [];
}
