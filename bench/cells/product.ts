/** The product itself: the built page in its shell, its engine in the worker, everything by what an officer sees. */
import type { Page } from 'playwright';
import { startLoopback } from '../../electron/loopback/start.ts';
import { DEMO_PASSWORD } from '../../server/seed/demo-accounts.ts';
import type { Cell, Figures } from '../cell.ts';
import { type Home, inBrowser, inNewHome } from '../stage/browser.ts';
import { PRODUCT } from '../stage/build.ts';
import { PORTS } from '../stage/stage.ts';

const PATIENCE_MS = 120_000;
const COLD_STARTS = 3;

interface Freezes {
  /** While the load is on the screen. */
  readonly loading: number;
  /** Once, when the work is drawn for the first time, and after it. */
  readonly drawing: number;
}

declare global {
  interface Window {
    /** The longest times in which this window could not have answered, since it was asked for the last time. */
    freezes: () => Freezes;
  }
}

/** Runs before everything else in the window. */
function beat(): void {
  let last = performance.now();
  let [loading, drawing] = [0, 0];
  setInterval(() => {
    const now = performance.now();
    if (document.querySelector('.status-bar')) drawing = Math.max(drawing, now - last);
    else loading = Math.max(loading, now - last);
    last = now;
  }, 4);
  window.freezes = () => {
    const told = { loading, drawing };
    [loading, drawing] = [0, 0];
    return told;
  };
}

/** In the page: when the work of the day stood on the screen, ms since the navigation began. */
const todayShown = () => document.querySelector('.today-columns .lines li') !== null && performance.now();

/** In the page: when every stream was here, as the status bar says. */
const allHere = () => document.querySelector('.status-bar')?.textContent?.includes('同步于') && performance.now();

const momentOf = async (page: Page, stood: () => unknown): Promise<number> =>
  Number(await (await page.waitForFunction(stood, undefined, { polling: 'raf', timeout: PATIENCE_MS })).jsonValue());

/** Fills in the door; answers when it was there to be filled in, and when it was pressed. */
async function signIn(page: Page): Promise<{ readonly doorAt: number; readonly pressedAt: number }> {
  const account = page.getByLabel('账号');
  await account.waitFor();
  const doorAt = await page.evaluate(() => performance.now());
  await account.fill('chengguan01');
  await page.getByLabel('密码').fill(DEMO_PASSWORD);
  const pressedAt = await page.evaluate(() => {
    window.freezes();
    return performance.now();
  });
  await page.getByRole('button', { name: '登录', exact: true }).click();
  return { doorAt, pressedAt };
}

async function firstLoad(page: Page): Promise<Figures> {
  const { pressedAt } = await signIn(page);
  const today = (await momentOf(page, todayShown)) - pressedAt;
  const all = (await momentOf(page, allHere)) - pressedAt;
  const { loading, drawing } = await page.evaluate(() => window.freezes());
  return { 'first screen': today, 'all here': all, freeze: loading, 'freeze drawing': drawing };
}

/** The program started anew on a workstation that has its copy. How long somebody takes to type is not counted. */
async function coldStart(page: Page): Promise<{ readonly door: number; readonly work: number }> {
  const { doorAt, pressedAt } = await signIn(page);
  return { door: doorAt, work: (await momentOf(page, todayShown)) - pressedAt };
}

/** `by`: ready-made segments as usual, or pages alone, where the server has none. */
export const product = (by: 'segments' | 'pages'): Cell => ({
  name: `product by ${by}`,
  run: (stage) =>
    stage.withCentre(async (centre) => {
      const { url } = await (by === 'pages' ? centre.server('files') : centre.server());
      return inNewHome(async (home) => {
        const loaded = await atWorkstation(home, url, firstLoad);
        if (by === 'pages') return loaded;
        const starts: Awaited<ReturnType<typeof coldStart>>[] = [];
        for (let turn = 0; turn < COLD_STARTS; turn++) starts.push(await atWorkstation(home, url, coldStart));
        const [start] = starts.toSorted((a, b) => a.door + a.work - b.door - b.work).slice(starts.length >> 1);
        if (!start) return loaded;
        return { ...loaded, 'cold start': start.door + start.work, 'cold start door': start.door, 'cold start work': start.work };
      });
    }),
});

/** The program is started, used and closed. */
async function atWorkstation<T>(home: Home, centreUrl: string, work: (page: Page) => Promise<T>): Promise<T> {
  const shell = await startLoopback({ port: PORTS.product, dataDir: home.data, rendererDir: PRODUCT, centreUrl });
  try {
    return await inBrowser(home, async (page) => {
      await page.addInitScript(beat);
      await page.goto(shell.newTicket(), { waitUntil: 'commit' });
      return work(page);
    });
  } finally {
    await shell.close();
  }
}
