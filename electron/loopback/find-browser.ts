import { existsSync } from 'node:fs';
import { join } from 'node:path';

const LINUX = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
/** Edge is part of Windows. */
const WINDOWS = ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'];

/** A browser of Chromium's family on this computer: `CHROMIUM` if it says one, else the first of the usual places. */
export function findBrowser(
  env: NodeJS.ProcessEnv = process.env,
  exists: (path: string) => boolean = existsSync,
): string | undefined {
  if (env['CHROMIUM']) return env['CHROMIUM'];
  const windows = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']]
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => WINDOWS.map((program) => join(folder, program)));
  return [...LINUX.map((name) => `/usr/bin/${name}`), ...windows].find(exists);
}

/** Whether a window could be seen. */
export const hasDisplay = (env: NodeJS.ProcessEnv = process.env): boolean =>
  process.platform !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
