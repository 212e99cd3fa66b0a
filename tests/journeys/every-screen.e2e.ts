import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { beginVisit, editSubject, expectWaiting, menu, openSubject, unlock, workOffline } from './steps.ts';
import { type Centre, openStation, picture, signIn, startCentre, type Station } from './stage.ts';

test.describe.configure({ mode: 'serial' });

let centre: Centre & { close(): Promise<void> };
let station: Station;
let page: Page;
let officer: string;
/** Every screen with its address, a list also with what is searched in it. */
let screens: readonly (readonly [name: string, address: string, search?: string])[];

const one = async (sql: string): Promise<string> => {
  const [row] = await centre.rows<{ id: string }>(sql);
  if (!row) throw new Error(`nothing found by: ${sql}`);
  return row.id;
};

test.beforeAll(async () => {
  centre = await startCentre('village');
  station = await openStation(0, centre.url);
  page = station.page();
  // As over a remote desktop; the other journeys see things move.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  officer = await one(`select name as id from officers where account = 'chengguan01'`);
});
test.afterAll(async () => {
  await station.close();
  await centre.close();
});

/** Usable by those who see little: no serious or critical finding, and the page never scrolls sideways. */
async function expectAccessible(name: string, rules?: readonly string[]): Promise<void> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (rules ? axe.withRules([...rules]) : axe).analyze();
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect
    .soft(
      grave.map(({ id, nodes }) => ({ id, at: nodes.map(({ html }) => html.slice(0, 160)) })),
      name,
    )
    .toEqual([]);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect.soft(wider, `${name} is as wide as its window`).toBe(0);
}

/** Until nothing on the page has moved for a moment. */
async function settled(): Promise<void> {
  await page.evaluate(
    async () =>
      new Promise<void>((still) => {
        const STILL_MS = 150;
        let timer = setTimeout(still, STILL_MS);
        new MutationObserver(() => {
          clearTimeout(timer);
          timer = setTimeout(still, STILL_MS);
        }).observe(document.body, { childList: true, subtree: true, characterData: true });
      }),
  );
}

/** Opens an address, types into the search of its list, and waits for both. */
async function show(address: string, search?: string): Promise<void> {
  await page.evaluate((to) => window.location.assign(to), `#/${address}`);
  await settled();
  if (search !== undefined) {
    await page.getByRole('main').getByRole('searchbox').fill(search);
    await settled();
  }
  await expect(page.getByRole('main').getByRole('heading', { level: 1 }).first()).not.toBeEmpty();
}

const LARGE = { width: 1920, height: 1080 };
const SMALL = { width: 1366, height: 768 };

async function walk(look: string, sizes: readonly (typeof SMALL)[], accessible: (name: string) => Promise<void>): Promise<void> {
  for (const [name, address, search] of screens) {
    for (const size of sizes) {
      await page.setViewportSize(size);
      await show(address, search);
      await picture(page, `${look}-${size.width}-${name}`);
    }
    await accessible(`${name} ${look}`);
  }
}

async function prefer(group: RegExp, choice: string): Promise<void> {
  await show('settings');
  await page.getByRole('radiogroup', { name: group }).getByText(choice, { exact: true }).click();
}

test('the door is open to everybody', async () => {
  await expectAccessible('sign-in light');
  await picture(page, 'light-1366-sign-in');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible('sign-in dark');
  await picture(page, 'dark-1366-sign-in');
  await page.emulateMedia({ colorScheme: 'light' });
  await signIn(page, 'chengguan01');
  await workOffline(page, true);
  await beginVisit(page, /专项检查：/);
  const visit = new URL(page.url()).hash.slice(2);
  const subject = await one(`select id from subjects where state = 'active' order by id limit 1`);
  const name = await one(`select name as id from subjects where id = '${subject}'`);
  await editSubject(page, await openSubject(page, name), { 负责人: '一位名字很长很长的负责人，用来看换行与省略' });
  await expectWaiting(page, 3);
  const task = await one(
    `select id from tasks where "assigneeIds" ? 'o-chengguan01' and state = 'dispatched' order by id limit 1`,
  );
  const problem = await one(`select id from problems where state = 'found' order by id limit 1`);
  const cell = await one('select id from "gridCells" order by id limit 1');
  screens = [
    ['today', 'today'],
    ['grid', 'grid'],
    ['grid-cell', `grid/${cell}`],
    ['tasks', 'tasks'],
    ['task', `tasks/${task}`],
    ['inspections', 'inspections?whose=all'],
    ['inspection', visit],
    ['problems', 'problems'],
    ['problem', `problems/${problem}`],
    ['problem-file', `problems/${problem}/file`],
    ['register', 'subjects', ''],
    ['subject', `subjects/${subject}`],
    ['dossier', `subjects/${subject}/file`],
    ['sync', 'sync'],
    ['sync-trace', 'sync?tab=trace'],
    ['settings', 'settings'],
    ['none', 'subjects?kind=producer', '没有这样的单位'],
  ];
});

test('every screen in the light', async () => walk('light', [LARGE, SMALL], (name) => expectAccessible(name)));

test('every screen in the dark', async () => {
  await prefer(/外观/, '深色');
  await walk('dark', [SMALL], (name) => expectAccessible(name, ['color-contrast']));
  await menu(page, officer, '锁定');
  await expectAccessible('locked dark');
  await picture(page, 'dark-1366-locked');
  await unlock(page);
});

test('every screen in English', async () => {
  await prefer(/外观/, '浅色');
  await prefer(/语言/, 'English');
  await walk('english', [SMALL], (name) => expectAccessible(name, ['html-has-lang', 'button-name', 'link-name', 'label']));
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});
