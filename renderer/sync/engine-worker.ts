/** The engine's worker: one per workstation, however many windows are open. Serves `EngineApi` to each of them. */
import * as z from 'zod';
import { Fault } from '#shared/errors.ts';
import { enter, type Entered, enterOffline } from '../identity/sign-in.ts';
import { schemaHash } from '../store/shape.ts';
import { type Desk, openDesk } from './desk.ts';
import { type EngineApi, type EngineStatus, type EntryOptions, NOBODY_HERE, type SignedIn } from './engine-api.ts';
import { serial } from './serial.ts';
import { fetchWire } from './wire-fetch.ts';
import { windows } from './windows.ts';

z.config({ jitless: true });

const TELL_EVERY_MS = 80;
const OPEN_ANEW_EVERY_MS = 5000;
/** The officer's switch stands where it stood when the program was closed. */
const OFFLINE_MARK = 'work-offline';
const PAUSE_MARK = 'pause-originals';

/** Coming, going and unlocking, one after the other: two officers who sign in at once never share a desk or its key. */
const inTurn = serial();

let desk: Desk | undefined;
let deskNo = 0;
let account = '';
let locked = false;
let workOffline = false;
let pauseOriginals = false;
let network = true;
let due: ReturnType<typeof setTimeout> | undefined;
let touched = new Set<string>();

const status = (): EngineStatus => ({
  ...NOBODY_HERE,
  connection: network && !workOffline ? 'unreachable' : 'offline',
  ...desk?.status(),
  signedIn: signedIn(),
  workOffline,
  pauseOriginals,
});

const signedIn = (): SignedIn | null => (desk ? { ...desk.signedIn(), locked } : null);

/** Which copy windows may read: another number, another copy. */
const opening = (): number | null => (desk && !locked ? deskNo : null);

function changed(tables: readonly string[]): void {
  for (const table of tables) touched.add(table);
  due ??= setTimeout(() => {
    due = undefined;
    const names = [...touched];
    touched = new Set();
    clients.tellAll('status', status());
    clients.tellAll('changed', { tables: names, refused: desk?.refused() ?? [] });
  }, TELL_EVERY_MS);
}

const clients = windows(
  async (call, args) => {
    if (call === 'network') {
      network = args[0] === true;
      desk?.syncNow();
      return null;
    }
    const method = Object.hasOwn(api, call) ? api[call as keyof EngineApi] : undefined;
    if (!method) throw new Fault('hostRefused', 'the engine has no such call', { reason: 'unknownCall' });
    // Names and types of the calls are those of `EngineApi` on both sides; only the link between them is lost on the way.
    return (method as (...given: readonly unknown[]) => Promise<unknown>)(...args);
  },
  (line) => {
    remembering ??= remembered();
    remembering.catch((error: unknown) => console.error('engine', error));
    line.tell('opening', opening());
    line.tell('status', status());
    changed([]);
  },
);

async function door() {
  const identity = await clients.host.app.identity();
  const wire = fetchWire(identity.centreUrl, schemaHash());
  return { identity, at: { host: clients.host, wire, device: identity.deviceId, deviceName: identity.deviceName } };
}

/** The open desk, for work; refused while locked. */
function atDesk(): Desk {
  if (!desk || locked) throw new Fault('notSignedIn', 'nobody is signed in here');
  return desk;
}

/** For what is written: what was lost is opened anew first, or it is refused because there is no room. */
async function atWholeDesk(): Promise<Desk> {
  if (atDesk().lost()) await inTurn(openAnew);
  return atDesk();
}

/** Once, by the first window there is: how the switches of this workstation were left. */
const remembered = async (): Promise<void> => {
  workOffline = (await clients.host.marker.get({ name: OFFLINE_MARK })) === 'on';
  pauseOriginals = (await clients.host.marker.get({ name: PAUSE_MARK })) === 'on';
  changed([]);
};
let remembering: Promise<void> | undefined;

async function signIn(name: string, password: string, options: EntryOptions): Promise<SignedIn> {
  await remembering;
  const { at } = await door();
  const entered = await enter(at, name, password, network && !workOffline, options);
  await leave();
  const next = await deskFor(name, entered);
  account = name;
  locked = false;
  sitDown(next);
  return { ...next.signedIn(), locked };
}

async function deskFor(name: string, entered: Entered): Promise<Desk> {
  const { identity } = await door();
  const { app } = await clients.host.diagnostics.info();
  return openDesk({
    ...entered,
    host: clients.host,
    account: name,
    identity,
    app,
    hasNetwork: () => network,
    pauseOriginals: () => pauseOriginals,
    changed,
    ended: () => void inTurn(leave),
    lost: () => void keepOpeningAnew(),
  });
}

/** Windows read from this desk from now on. */
function sitDown(next: Desk): void {
  desk = next;
  deskNo += 1;
  next.setWorkOffline(workOffline);
  clients.tellAll('opening', opening());
  changed([]);
  // It may have been lost before anybody knew it.
  void keepOpeningAnew();
}

/** Chromium closes databases when the disk is full. Once there is room, the officer goes on where she is. */
async function openAnew(): Promise<void> {
  const old = desk;
  if (!old?.lost()) return;
  await old.mustHaveRoom();
  await old.close();
  const next = await deskFor(account, old.entered());
  try {
    await next.mend();
  } catch (error) {
    await next.close();
    throw error;
  }
  sitDown(next);
}

async function keepOpeningAnew(): Promise<void> {
  while (desk?.lost()) {
    await inTurn(openAnew).catch((error: unknown) => console.warn('engine', error));
    await new Promise((done) => setTimeout(done, OPEN_ANEW_EVERY_MS));
  }
}

/** The desk is nobody's, and no window reads from it, before anything of it is closed. */
async function leave(): Promise<void> {
  const leaving = desk;
  desk = undefined;
  clients.tellAll('opening', null);
  await leaving?.close();
  changed([]);
}

async function unlock(password: string): Promise<void> {
  if (!desk) throw new Fault('notSignedIn', 'nobody is signed in here');
  const { at } = await door();
  await enterOffline(at, account, password);
  locked = false;
  clients.tellAll('opening', opening());
  changed([]);
}

const api: EngineApi = {
  signIn: (name, password, options = {}) => inTurn(() => signIn(name, password, options)),
  signOut: () => inTurn(leave),
  async lock() {
    locked = desk !== undefined;
    clients.tellAll('opening', opening());
    changed([]);
  },
  unlock: (password) => inTurn(() => unlock(password)),
  mutate: async (name, args) => (await atWholeDesk()).mutate(name, args),
  noteRecoveryRead: async () => atDesk().noteRecoveryRead(),
  async setWorkOffline(on) {
    workOffline = on;
    desk?.setWorkOffline(on);
    changed([]);
    await clients.host.marker.set({ name: OFFLINE_MARK, text: on ? 'on' : 'off' });
  },
  async syncNow() {
    desk?.syncNow();
  },
  waiting: async () => atDesk().waiting(),
  issues: async () => atDesk().issues(),
  resolve: async (mid, resolution) => (await atWholeDesk()).resolve(mid, resolution),
  read: async (asks) => atDesk().read(asks),
  register: (query) => atDesk().register(query),
  trace: async () => atDesk().trace(),
  check: async () => atDesk().check(),
  diagnostics: () => atDesk().diagnostics(),
  addFile: async (bytes, mime) => (await atWholeDesk()).addFile(bytes, mime),
  file: (sha256) => atDesk().file(sha256),
  files: async () => atDesk().files(),
  sendAgain: (sha256) => atDesk().sendAgain(sha256),
  async setPauseOriginals(on) {
    pauseOriginals = on;
    desk?.syncNow();
    changed([]);
    await clients.host.marker.set({ name: PAUSE_MARK, text: on ? 'on' : 'off' });
  },
  saveDraft: async (key, value) => (await atWholeDesk()).drafts.save(key, value),
  draft: (key) => atDesk().drafts.read(key),
  dropDraft: async (key) => (await atWholeDesk()).drafts.drop(key),
};

addEventListener('connect', (event) => {
  const [port] = (event as MessageEvent).ports;
  if (port) clients.add(port);
});
