import { join } from 'node:path';
import { createServer } from 'vite';
import { startLoopback } from '../electron/loopback/start.ts';
import { startCentre } from './run/centre.ts';
import { ROOT } from './run/child.ts';
import { say } from './run/say.ts';
import { command, holdFolder } from './run/session.ts';
import { WORKSTATION_PORT } from './run/workstation.ts';

/**
 * For work on the screens, `npm run dev`: the centre, and the loopback shell on its usual port with pages that Vite builds as
 * they are asked for and reloads as they change. Electron is not needed. The page has no content policy here.
 */
command(async (session) => {
  await holdFolder(join(ROOT, '.data'));
  const centre = await startCentre(session);
  const vite = await createServer({
    configFile: join(ROOT, 'vite.config.ts'),
    server: { host: '127.0.0.1', port: WORKSTATION_PORT + 1, strictPort: true },
  });
  await vite.listen();
  const shell = await startLoopback({
    port: WORKSTATION_PORT,
    dataDir: join(ROOT, '.data/dev-workstation'),
    rendererDir: join(ROOT, 'renderer'),
    pageOrigin: `http://127.0.0.1:${WORKSTATION_PORT + 1}`,
    centreUrl: centre.url,
  });
  say('请在浏览器中打开（一次有效）', 'open in a browser (good for one window)');
  process.stdout.write(`    ${shell.url}\n`);
  await centre.child.ended;
});
