import { BrowserWindow } from 'electron';
import { webPreferences } from './security.ts';

export interface Page {
  /** Address of the page, without a route. */
  readonly url: string;
  readonly preload: string;
  readonly devTools: boolean;
}

/** The officer's window: one, shown once its first picture is ready. */
export async function openMainWindow({ url, preload, devTools }: Page): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 1100,
    minHeight: 700,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: '#f5f5f5',
    title: '食安督查工作站',
    webPreferences: webPreferences(preload, devTools),
  });
  window.once('ready-to-show', () => window.show());
  await window.loadURL(url);
  return window;
}

/** A second start of the program brings the first one forward. */
export function focus(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
