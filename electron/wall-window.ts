import { BrowserWindow, type Display } from 'electron';
import { webPreferences } from './security.ts';
import { focus, type Page } from './window.ts';

/** Route of the video wall inside the page. */
const WALL_ROUTE = '#/wall';

/** One full-screen wall per display; asking again for the same display brings its wall forward. */
export function wallWindows(page: Page): (display: Display) => Promise<void> {
  const open = new Map<number, BrowserWindow>();
  return async (display) => {
    const there = open.get(display.id);
    if (there) return focus(there);
    const window = new BrowserWindow({
      ...display.bounds,
      fullscreen: true,
      frame: false,
      backgroundColor: '#000000',
      title: '视频督查墙',
      webPreferences: webPreferences(page.preload, page.devTools),
    });
    open.set(display.id, window);
    window.once('closed', () => open.delete(display.id));
    await window.loadURL(`${page.url}${WALL_ROUTE}`);
  };
}
