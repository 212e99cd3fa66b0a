import { BrowserWindow, net, type WebContents } from 'electron';
import type { Host } from '#shared/host/contract.ts';
import { desktopNotifications } from './capabilities/desktop-notifications.ts';
import { desktopPrint } from './capabilities/desktop-print.ts';
import { saveByDialog } from './capabilities/desktop-files.ts';
import { keystoreSecrets } from './capabilities/keystore-secrets.ts';
import { type Home, localCapabilities } from './capabilities/local.ts';
import { screens } from './capabilities/screens.ts';
import { focus } from './window.ts';
import type { wallWindows } from './wall-window.ts';

/** The host of the desktop shell, for the window that asks. */
export function desktopHost(home: Home, openWall: ReturnType<typeof wallWindows>): (sender: WebContents) => Host {
  const local = localCapabilities(home, 'electron');
  const secrets = keystoreSecrets(home.dataDir, home.config.allowPlainSecrets);
  const displays = screens(openWall);
  const network: Host['network'] = { status: async () => ({ online: net.isOnline() }) };
  return (sender) => {
    const window = BrowserWindow.fromWebContents(sender);
    return {
      ...local,
      files: { ...local.files, save: saveByDialog(window) },
      secrets,
      displays,
      network,
      print: desktopPrint(sender),
      notifications: desktopNotifications(() => window && focus(window)),
    };
  };
}
