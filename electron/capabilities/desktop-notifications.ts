import { Notification } from 'electron';
import type { Host } from '#shared/host/contract.ts';

/** A short note of the operating system; a click on it brings the window forward. */
export const desktopNotifications = (onClick: () => void): Host['notifications'] => ({
  async show({ title, body }) {
    if (!Notification.isSupported()) return { by: 'renderer' };
    const note = new Notification({ title, body });
    note.on('click', onClick);
    note.show();
    return { by: 'desktop' };
  },
});
