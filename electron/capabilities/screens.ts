import { type Display, screen } from 'electron';
import { Fault } from '#shared/errors.ts';
import type { Host } from '#shared/host/contract.ts';

/** The displays of this computer, and the wall on one of them. */
export const screens = (openWall: (display: Display) => Promise<void>): Host['displays'] => ({
  async list() {
    const primary = screen.getPrimaryDisplay().id;
    return screen.getAllDisplays().map((display, place) => ({
      id: display.id,
      label: display.label || `显示器 ${place + 1}`,
      widthPx: Math.round(display.size.width * display.scaleFactor),
      heightPx: Math.round(display.size.height * display.scaleFactor),
      primary: display.id === primary,
    }));
  },
  async openWall({ displayId }) {
    const display = screen.getAllDisplays().find(({ id }) => id === displayId);
    if (!display) throw new Fault('notFound', 'no such display', { displayId });
    await openWall(display);
    return null;
  },
});
