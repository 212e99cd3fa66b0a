import { join } from 'node:path';
import { createServer } from 'vite';
import { readSettings } from '../electron/loopback/settings.ts';
import { startLoopback } from '../electron/loopback/start.ts';
import { startCentre } from './run/centre.ts';
import { ROOT } from './run/child.ts';
import { say } from './run/say.ts';
import { command, holdStart } from './run/session.ts';

/**
 * For work on the screens, `npm run dev`: the centre, and the loopback shell on its usual port with pages that Vite builds as
 * they are asked for and reloads as they change. Electron is not needed. The page has no content policy here.
 */
command(async (session) => {
  await holdStart();
  const { port } = readSettings(process.env);
  const centre = await startCentre(session);
  const vite = await createServer({
    configFile: join(ROOT, 'vite.config.ts'),
    server: { host: '127.0.0.1', port: port + 1, strictPort: true, hmr: { clientPort: port + 1 } },
  });
  await vite.listen();
  const shell = await startLoopback({
    port,
    dataDir: join(ROOT, '.data/dev-workstation'),
    rendererDir: join(ROOT, 'renderer'),
    pageOrigin: `http://127.0.0.1:${port + 1}`,
    centreUrl: centre.url,
  });
  say('请在浏览器中打开（一次有效）', 'open in a browser (good for one window)');
  process.stdout.write(`    ${shell.url}\n`);
  await centre.child.ended;
});
