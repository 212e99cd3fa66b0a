import type { App, Session, WebContents, WebPreferences } from 'electron';
import { logHost } from './log.ts';
import { isFrom } from './origin.ts';

/**
 * The locks of the desktop shell, after Electron's own security checklist.
 * Everything is refused unless a line here lets it through.
 */
export interface Locks {
  /** Origin of our page. */
  readonly origin: string;
  readonly centreUrl: string;
  /** Hosts whose https pages may open in the officer's browser. */
  readonly openableHosts: readonly string[];
  readonly devTools: boolean;
  /** Hands an address to the operating system. */
  openOutside(url: string): void;
}

/** Settings of every window; there is no other place that writes any. */
export const webPreferences = (preload: string, devTools: boolean): WebPreferences => ({
  preload,
  devTools,
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  safeDialogs: true,
  spellcheck: false,
  // Sync and the video wall go on while another window is in front.
  backgroundThrottling: false,
});

/**
 * Local-network permissions are needed to reach a centre inside the bureau's own network; the content policy
 * and the request filter below keep them to that one address. Persistent storage keeps IndexedDB from being evicted.
 */
const PERMITTED = new Set([
  'fullscreen',
  'clipboard-sanitized-write',
  'notifications',
  'persistent-storage',
  'local-network',
  'local-network-access',
  'loopback-network',
]);

export const isPermitted = (permission: string, requester: string, origin: string): boolean =>
  PERMITTED.has(permission) && isFrom(origin, requester);

export function lockSession(session: Session, locks: Locks): void {
  const { origin } = locks;
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(isPermitted(permission, details.requestingUrl, origin));
  });
  session.setPermissionCheckHandler((_contents, permission, requester) => isPermitted(permission, requester, origin));
  session.setDevicePermissionHandler(() => false);
  session.allowNTLMCredentialsForDomains('');
  session.webRequest.onBeforeRequest((request, answer) => {
    const cancel = !mayRequest(request.url, locks);
    if (cancel) logHost('request blocked', { origin: originOf(request.url) });
    answer({ cancel });
  });
  // Documents leave through files.save, where the officer chooses the place.
  session.on('will-download', (event) => event.preventDefault());
}

/** Guards every page that ever comes to be, also ones nobody meant to open. */
export function lockContents(app: App, locks: Locks): void {
  app.on('web-contents-created', (_event, contents) => guard(contents, locks));
}

function guard(contents: WebContents, locks: Locks): void {
  contents.on('will-navigate', (event) => {
    if (isFrom(locks.origin, event.url)) return;
    event.preventDefault();
    logHost('navigation blocked', { origin: originOf(event.url) });
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!isFrom(locks.origin, event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpenOutside(url, locks.openableHosts)) locks.openOutside(url);
    else logHost('window blocked', { origin: originOf(url) });
    return { action: 'deny' };
  });
}

/** Our own page, what it made itself, and the centre. */
export function mayRequest(
  url: string,
  { origin, centreUrl, devTools }: Pick<Locks, 'origin' | 'centreUrl' | 'devTools'>,
): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol } = new URL(url);
  if (protocol === 'blob:' || protocol === 'data:') return true;
  if (devTools && protocol === 'devtools:') return true;
  const centre = new URL(centreUrl).origin;
  return [origin, centre].some((allowed) => isFrom(allowed, url) || isFrom(allowed.replace(/^http/, 'ws'), url));
}

/** Mail, and https pages of the hosts an administrator listed; no user name, no other port. */
export function mayOpenOutside(url: string, openableHosts: readonly string[]): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, port, username, password } = new URL(url);
  if (protocol === 'mailto:') return true;
  return protocol === 'https:' && port === '' && username === '' && password === '' && openableHosts.includes(hostname);
}

const originOf = (url: string): string => (URL.canParse(url) ? `${new URL(url).protocol}//${new URL(url).host}` : 'unreadable');
