import { startLoopback } from '../../electron/loopback/start.ts';
import { DEMO_PASSWORD } from '../../server/seed/demo-accounts.ts';
import type { Figures } from '../cell.ts';
import type { Account } from '../page/desk.ts';
import { startReferenceCentre } from '../references/centre.ts';
import { type Home, inBrowser, inNewHome } from '../stage/browser.ts';
import { PAGES } from '../stage/build.ts';
import { PORTS, type Stage } from '../stage/stage.ts';
import type { Server } from '../stage/server.ts';

/** A part of a page that asks the references' centre. */
export async function playReference(stage: Stage, part: string, page: 'index.html' | 'references.html'): Promise<Figures> {
  const centre = await startReferenceCentre(stage.rows, PAGES);
  try {
    return await inNewHome((home) => inBrowser(home, (at) => play(at, `${centre.url}/${page}`, part, null)));
  } finally {
    await centre.stop();
  }
}

/** Parts of our page in the shell of a workstation, each in a browser that was started anew. */
export async function playOurs(
  home: Home,
  centreUrl: string,
  parts: readonly (readonly [part: string, given: unknown])[],
): Promise<Figures> {
  const shell = await startLoopback({ port: PORTS.bench, dataDir: home.data, rendererDir: PAGES, centreUrl });
  try {
    const all: Figures[] = [];
    for (const [part, given] of parts) all.push(await inBrowser(home, (at) => play(at, shell.newTicket(), part, given), true));
    return Object.assign({}, ...all) as Figures;
  } finally {
    await shell.close();
  }
}

export const accountAt = ({ url }: Server, account: 'chengguan01' | 'chengguan02'): Account => ({
  centreUrl: url,
  account,
  password: DEMO_PASSWORD,
});

type Page = Parameters<Parameters<typeof inBrowser>[1]>[0];

async function play(at: Page, url: string, part: string, given: unknown): Promise<Figures> {
  await at.goto(url);
  await at.waitForFunction(() => 'play' in window);
  return at.evaluate(([name, what]) => window.play(name, what), [part, given] as const);
}
