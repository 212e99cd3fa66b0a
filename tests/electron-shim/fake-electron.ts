import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type { BrowserWindowConstructorOptions, IpcMainInvokeEvent } from 'electron';

/**
 * What our desktop shell uses of Electron, without Electron: everything it is handed is kept where a test can look at it.
 * `open` shows a page for a window; without it a window shows nothing.
 */
interface FakeOptions {
  readonly userData: string;
  readonly packaged?: boolean;
  readonly firstInstance?: boolean;
  readonly open?: (window: FakeWindow, url: string) => Promise<void>;
  readonly quit?: () => void;
}

type Invoked = (event: IpcMainInvokeEvent, args: unknown) => Promise<unknown>;
type Served = (request: Request) => Promise<Response>;

export class FakeContents extends EventEmitter {
  readonly sent: (readonly unknown[])[] = [];
  windowOpen: ((details: { readonly url: string }) => { readonly action: string }) | undefined;
  send(...message: readonly unknown[]): void {
    this.sent.push(message);
    this.emit('sent-to-page', ...message);
  }
  setWindowOpenHandler(handler: FakeContents['windowOpen']): void {
    this.windowOpen = handler;
  }
  print(_options: object, done: (printed: boolean) => void): void {
    done(true);
  }
}

export class FakeWindow extends EventEmitter {
  readonly options: BrowserWindowConstructorOptions;
  readonly webContents = new FakeContents();
  readonly shown: string[] = [];
  url = '';
  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
  }
  isMinimized = (): boolean => this.shown.at(-1) === 'minimize';
  minimize = (): void => void this.shown.push('minimize');
  restore = (): void => void this.shown.push('restore');
  show = (): void => void this.shown.push('show');
  focus = (): void => void this.shown.push('focus');
}

const nothing = (): void => undefined;

/** Calls that left nothing to look at but their arguments, by `object.method`. */
type Asked = Map<string, unknown[][]>;

export function fakeElectron({ userData, packaged = true, firstInstance = true, open, quit }: FakeOptions) {
  const asked: Asked = new Map();
  const windows: FakeWindow[] = [];
  const calls = new Map<string, Invoked>();
  const schemes = new Map<string, Served>();
  const noted =
    <A extends readonly unknown[], R>(name: string, answer: (...args: A) => R) =>
    (...args: A): R => {
      asked.set(name, [...(asked.get(name) ?? []), [...args]]);
      return answer(...args);
    };

  const app = Object.assign(new EventEmitter(), {
    isPackaged: packaged,
    enableSandbox: noted('app.enableSandbox', nothing),
    whenReady: noted('app.whenReady', async () => undefined),
    getPath: (name: string) => (name === 'userData' ? userData : join(userData, name)),
    getVersion: () => '0.1.0',
    requestSingleInstanceLock: noted('app.requestSingleInstanceLock', () => firstInstance),
    quit: noted('app.quit', () => quit?.()),
    exit: noted('app.exit', () => quit?.()),
  });

  class BrowserWindow extends FakeWindow {
    constructor(options: BrowserWindowConstructorOptions) {
      super(options);
      windows.push(this);
      app.emit('web-contents-created', {}, this.webContents);
    }
    static getAllWindows = (): readonly FakeWindow[] => windows;
    static fromWebContents = (contents: unknown): FakeWindow | null =>
      windows.find(({ webContents }) => webContents === contents) ?? null;
    async loadURL(url: string): Promise<void> {
      this.url = url;
      await open?.(this, url);
      this.emit('ready-to-show');
    }
  }

  class Notification extends EventEmitter {
    static isSupported = (): boolean => true;
    show = noted('notification.show', nothing);
  }

  const display = {
    id: 7,
    label: '',
    size: { width: 1920, height: 1080 },
    scaleFactor: 1,
    bounds: { x: 0, y: 0, width: 1920, height: 1080 },
  };
  const defaultSession = Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: noted('session.setPermissionRequestHandler', nothing as (handler: unknown) => void),
    setPermissionCheckHandler: noted('session.setPermissionCheckHandler', nothing as (handler: unknown) => void),
    setDevicePermissionHandler: noted('session.setDevicePermissionHandler', nothing as (handler: unknown) => void),
    allowNTLMCredentialsForDomains: noted('session.allowNTLMCredentialsForDomains', nothing as (domains: string) => void),
    webRequest: { onBeforeRequest: noted('session.onBeforeRequest', nothing as (handler: unknown) => void) },
  });

  const electron = {
    app,
    BrowserWindow,
    Notification,
    dialog: {
      showErrorBox: noted('dialog.showErrorBox', nothing as (title: string, text: string) => void),
      showSaveDialog: noted('dialog.showSaveDialog', async () => ({ canceled: true, filePath: '' })),
    },
    ipcMain: { handle: (channel: string, handler: Invoked) => void calls.set(channel, handler) },
    Menu: { setApplicationMenu: noted('Menu.setApplicationMenu', nothing as (menu: null) => void) },
    net: { isOnline: () => true },
    protocol: {
      registerSchemesAsPrivileged: noted('protocol.registerSchemesAsPrivileged', nothing as (schemes: unknown) => void),
      handle: (scheme: string, handler: Served) => void schemes.set(scheme, handler),
    },
    safeStorage: {
      getSelectedStorageBackend: () => 'gnome_libsecret',
      isAsyncEncryptionAvailable: async () => true,
      encryptStringAsync: async (text: string) => Buffer.from(`sealed:${Buffer.from(text).toString('base64')}`),
      decryptStringAsync: async (sealed: Buffer) => ({
        result: Buffer.from(sealed.toString().slice('sealed:'.length), 'base64').toString(),
        shouldReEncrypt: false,
      }),
    },
    screen: { getPrimaryDisplay: () => display, getAllDisplays: () => [display] },
    session: { defaultSession },
    shell: { openExternal: noted('shell.openExternal', async () => undefined) },
  };
  return { electron, asked, windows, calls, schemes };
}
