import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Fault } from '#shared/errors.ts';
import { DEFAULT_PORT, startLoopback } from './start.ts';

/**
 * Starts the workstation without Electron: `node electron/loopback/main.ts`.
 * WORKSTATION_PORT, WORKSTATION_DATA and CENTRE_URL set port, data folder and centre.
 */
const CHROMIUM = '/usr/bin/chromium';
const root = join(import.meta.dirname, '../..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };

function dataFolder(): string {
  const { WORKSTATION_DATA, XDG_DATA_HOME, APPDATA } = process.env;
  return WORKSTATION_DATA ?? join(APPDATA ?? XDG_DATA_HOME ?? join(homedir(), '.local/share'), 'shian-workstation');
}

async function main(): Promise<void> {
  const downloads = join(homedir(), 'Downloads');
  const shell = await startLoopback({
    port: Number(process.env['WORKSTATION_PORT'] ?? DEFAULT_PORT),
    dataDir: dataFolder(),
    rendererDir: join(root, 'out/renderer'),
    appVersion: version,
    ...(existsSync(downloads) ? { documentsDir: downloads } : {}),
    ...(process.env['DISPLAY'] && existsSync(CHROMIUM) ? { open: CHROMIUM } : {}),
  });
  process.stdout.write(`${shell.url}\n`);
  const stop = (): void => void shell.close().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  await shell.browser?.closed.then(stop);
}

main().catch((error: unknown) => {
  const reason = error instanceof Fault ? error.detail['reason'] : undefined;
  const known: Readonly<Record<string, string>> = {
    secondInstance: '工作站已在运行：请使用已打开的窗口，或先关闭它。',
    portTaken: '端口已被其他程序占用：请关闭该程序，或设置 WORKSTATION_PORT。',
  };
  process.stderr.write(`${known[String(reason)] ?? String(error)}\n`);
  process.exitCode = 1;
});
