import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { FakeContents } from '../tests/electron-shim/fake-electron.ts';
import { type Desktop, startDesktop } from '../tests/electron-shim/start-desktop.ts';
import { tempFolder } from '../tests/electron-shim/temp-folder.ts';

async function startWith(config: object): Promise<Desktop> {
  const userData = await tempFolder();
  await writeFile(join(userData, 'config.json'), JSON.stringify(config));
  return startDesktop({ userData });
}

/** The handler that was set, to be tried. */
const handler = ({ asked }: Desktop, name: string): unknown => asked.get(name)?.at(-1)?.at(-1);
const contentsOf = ({ windows }: Desktop): FakeContents => windows[0]!.webContents;
/** Emits an event the listeners of which may refuse it. */
function refused(contents: FakeContents, event: string, about: object = {}): boolean {
  const preventDefault = vi.fn<() => void>();
  contents.emit(event, { preventDefault, ...about });
  return preventDefault.mock.calls.length > 0;
}
const fromPage = (desktop: Desktop) => ({
  sender: contentsOf(desktop),
  senderFrame: { url: 'app://workstation/', parent: null },
});

test('every window, the wall too, is sandboxed, isolated from Node and keeps web security', async () => {
  const desktop = await startDesktop();
  const openWall = desktop.calls.get('host:displays.openWall')!;
  expect(await openWall(fromPage(desktop) as never, { displayId: 7 })).toEqual({ ok: true, value: null });
  expect(desktop.windows.map(({ url }) => url)).toEqual(['app://workstation/', 'app://workstation/#/wall']);
  for (const { options } of desktop.windows) {
    expect(options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      devTools: false,
    });
    expect(options.webPreferences).not.toHaveProperty('enableBlinkFeatures');
  }
  expect(desktop.asked.has('app.enableSandbox')).toBe(true);
});

test('asking for the wall of the same display again brings it forward; an absent display is refused', async () => {
  const desktop = await startDesktop();
  const openWall = desktop.calls.get('host:displays.openWall')!;
  await openWall(fromPage(desktop) as never, { displayId: 7 });
  await openWall(fromPage(desktop) as never, { displayId: 7 });
  expect(desktop.windows).toHaveLength(2);
  expect(desktop.windows[1]!.shown).toContain('focus');
  expect(await openWall(fromPage(desktop) as never, { displayId: 8 })).toMatchObject({ ok: false, kind: 'notFound' });
});

test('a permission is given to our page alone, and only one the work needs', async () => {
  const desktop = await startDesktop();
  type Request = (contents: unknown, permission: string, answer: (ok: boolean) => void, details: object) => void;
  const request = handler(desktop, 'session.setPermissionRequestHandler') as Request;
  type Check = (contents: unknown, permission: string, origin: string) => boolean;
  const check = handler(desktop, 'session.setPermissionCheckHandler') as Check;
  const asked = (permission: string, requestingUrl: string): boolean => {
    let given: boolean | undefined;
    request(null, permission, (ok) => (given = ok), { requestingUrl });
    expect(check(null, permission, requestingUrl)).toBe(given);
    return given ?? false;
  };
  expect(['notifications', 'fullscreen'].map((one) => asked(one, 'app://workstation/'))).toEqual([true, true]);
  const never = ['media', 'geolocation', 'midi', 'hid', 'serial', 'usb', 'display-capture', 'openExternal', 'clipboard-read'];
  expect(never.filter((one) => asked(one, 'app://workstation/'))).toEqual([]);
  const foreign = ['https://evil.example/', 'app://workstation.evil/', 'app://workstation@evil/', 'file:///etc/passwd', ''];
  expect(foreign.filter((url) => asked('notifications', url))).toEqual([]);
  expect((handler(desktop, 'session.setDevicePermissionHandler') as () => boolean)()).toBe(false);
  expect(desktop.asked.get('session.allowNTLMCredentialsForDomains')).toEqual([['']]);
});

test('a page can neither leave, frame another, attach a webview nor download unasked', async () => {
  const desktop = await startDesktop();
  const contents = contentsOf(desktop);
  for (const url of ['https://evil.example/', 'file:///etc/passwd', 'app://evil/', 'javascript:alert(1)', 'not an address']) {
    expect(refused(contents, 'will-navigate', { url })).toBe(true);
    expect(refused(contents, 'will-redirect', { url })).toBe(true);
  }
  expect(refused(contents, 'will-navigate', { url: 'app://workstation/#/today' })).toBe(false);
  expect(refused(contents, 'will-frame-navigate', { isMainFrame: false })).toBe(true);
  expect(refused(contents, 'will-attach-webview')).toBe(true);
  const preventDefault = vi.fn<() => void>();
  desktop.electron.session.defaultSession.emit('will-download', { preventDefault });
  expect(preventDefault).toHaveBeenCalledOnce();
});

test('no page opens a window; a listed https page and a mail go to the officer’s own programs', async () => {
  const desktop = await startWith({ openableHosts: ['www.samr.gov.cn'] });
  const open = contentsOf(desktop).windowOpen!;
  const outside = ['https://www.samr.gov.cn/a', 'mailto:a@b.cn'];
  const denied = [
    'https://evil.example/',
    'https://www.samr.gov.cn:8443/',
    'https://user@www.samr.gov.cn/',
    'http://www.samr.gov.cn/',
    'file:///etc/passwd',
    'app://workstation/',
    'nonsense',
  ];
  for (const url of [...outside, ...denied]) expect(open({ url })).toEqual({ action: 'deny' });
  expect(desktop.asked.get('shell.openExternal')?.flat()).toEqual(outside);
});

test('requests reach the page itself and the centre, nothing else', async () => {
  const desktop = await startWith({ centreUrl: 'https://centre.lz.gov.cn' });
  type Filter = (request: { readonly url: string }, answer: (verdict: { readonly cancel: boolean }) => void) => void;
  const filter = handler(desktop, 'session.onBeforeRequest') as Filter;
  const passes = (url: string): boolean => {
    let cancelled = true;
    filter({ url }, ({ cancel }) => (cancelled = cancel));
    return !cancelled;
  };
  const allowed = [
    'app://workstation/a.js',
    'https://centre.lz.gov.cn/sync',
    'wss://centre.lz.gov.cn/e',
    'blob:app://workstation/1',
  ];
  expect(allowed.filter(passes)).toEqual(allowed);
  const blocked = [
    'https://evil.example',
    'http://centre.lz.gov.cn/',
    'https://centre.lz.gov.cn.evil/',
    'file:///a',
    'devtools://x',
  ];
  expect(blocked.filter(passes)).toEqual([]);
});

test('the page’s scheme is a real, secure origin without powers over the content policy, and other hosts of it do not exist', async () => {
  const desktop = await startDesktop();
  const [[schemes]] = desktop.asked.get('protocol.registerSchemesAsPrivileged') as [[{ privileges: object }[]]];
  expect(schemes).toMatchObject([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
  expect(schemes[0]!.privileges).not.toHaveProperty('bypassCSP');
  expect(schemes[0]!.privileges).not.toHaveProperty('corsEnabled');
  const serve = desktop.schemes.get('app')!;
  expect((await serve(new Request('app://elsewhere/index.html'))).status).toBe(404);
});

test('a second start quits without a window, and the first one comes forward', async () => {
  const second = await startDesktop({ firstInstance: false });
  expect(second.windows).toEqual([]);
  expect(second.asked.has('app.whenReady')).toBe(false);
  const first = await startDesktop();
  first.windows[0]!.minimize();
  first.electron.app.emit('second-instance');
  expect(first.windows[0]!.shown.slice(-3)).toEqual(['restore', 'show', 'focus']);
});

test('a configuration that does not fit stops the start and says so', async () => {
  const desktop = await startWith({ centreUrl: 'http://centre.lz.gov.cn' });
  expect(desktop.windows).toEqual([]);
  expect(desktop.asked.get('app.exit')).toEqual([[1]]);
  const [[title, text]] = desktop.asked.get('dialog.showErrorBox') as [[string, string]];
  expect(title).toBe('食安督查工作站无法启动');
  expect(text).toContain('must be https');
});

test('what a killed start left half written is swept, and closing the officer’s window ends the program', async () => {
  const userData = await tempFolder();
  await mkdir(join(userData, 'tmp'));
  await writeFile(join(userData, 'tmp', 'half'), 'half');
  const desktop = await startDesktop({ userData });
  const info = desktop.calls.get('host:diagnostics.info')!;
  expect(await info(fromPage(desktop) as never, undefined)).toMatchObject({ ok: true, value: { dataDirBytes: 0 } });
  desktop.windows[0]!.emit('closed');
  expect(desktop.asked.has('app.quit')).toBe(true);
});
