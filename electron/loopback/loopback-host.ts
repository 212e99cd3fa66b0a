import { Fault } from '#shared/errors.ts';
import type { Host } from '#shared/host/contract.ts';
import { fileSecrets } from '../capabilities/file-secrets.ts';
import { type Home, localCapabilities } from '../capabilities/local.ts';
import { hasAddress } from '../capabilities/network.ts';
import { saveToFolder } from '../capabilities/save-document.ts';

/** The host of the loopback shell: what a plain process can do; printing and notes are left to the page, the wall to the desktop shell. */
export function loopbackHost(home: Home, documentsDir: string): Host {
  const local = localCapabilities(home, 'browser');
  return {
    ...local,
    files: { ...local.files, save: saveToFolder(documentsDir) },
    secrets: fileSecrets(home.dataDir),
    displays: {
      list: async () => [{ id: 0, label: '浏览器窗口', widthPx: 0, heightPx: 0, primary: true }],
      openWall: async () => {
        throw new Fault('notHere', 'a browser window cannot be placed on a display');
      },
    },
    print: { page: async () => ({ by: 'renderer', printed: false }) },
    notifications: { show: async () => ({ by: 'renderer' }) },
    network: { status: async () => ({ online: hasAddress() }) },
  };
}
