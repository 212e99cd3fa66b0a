import 'fake-indexeddb/auto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnyRow } from '#shared/schema/table.ts';
import { journal } from '../../electron/capabilities/journal.ts';
import { loadConfig } from '../../electron/config.ts';
import { loopbackHost } from '../../electron/loopback/loopback-host.ts';
import { enter } from '../../renderer/identity/sign-in.ts';
import { schemaHash } from '../../renderer/store/shape.ts';
import { type Desk, openDesk } from '../../renderer/sync/desk.ts';
import { fetchWire } from '../../renderer/sync/wire-fetch.ts';
import { DEMO_PASSWORD } from '../../server/seed/demo-accounts.ts';
import type { Dice } from '../support/dice.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import type { Done, Saved } from './proof.ts';

/**
 * A workstation as it is, without its page: the desk of an officer with copy, outbox and engine, the host of the loopback shell with
 * its journal on disk, and a line of its own to the centre. Only IndexedDB is kept in memory.
 */
export interface Workstation {
  readonly account: string;
  readonly officerId: string;
  readonly device: string;
  readonly line: FaultProxy;
  /** All rows of a table of the copy. */
  readonly rows: (table: string) => Promise<readonly AnyRow[]>;
  /** What was done here, for the proof. */
  done(): Done;
  readonly saved: readonly Saved[];
  desk(): Desk;
  /** Resolves once it is saved, which is noted; a refusal passes. */
  mutate(name: string, args: Readonly<Record<string, unknown>>): Promise<void>;
  /** Signs in, at the centre if it answers. */
  open(): Promise<void>;
  /** Leaves the desk; databases and journal stay. */
  leave(): Promise<void>;
  close(): Promise<void>;
}

export async function openWorkstation(account: string, dice: Dice, centre: () => string | undefined): Promise<Workstation> {
  const dataDir = mkdtempSync(join(tmpdir(), 'station-'));
  const line = await startFaultProxy(dice, centre);
  const config = loadConfig(dataDir, { CENTRE_URL: line.url });
  const lanes = journal(dataDir);
  const home = { dataDir, config, journal: lanes, appVersion: '0.1.0', startedAt: Date.now() };
  const host = loopbackHost(home, join(dataDir, 'exports'));
  const identity = await host.app.identity();
  const { deviceId: device, deviceName } = identity;
  const saved: Saved[] = [];
  let desk: Desk | undefined;

  const atDesk = (): Desk => {
    if (!desk) throw new Error(`${account} is not signed in`);
    return desk;
  };
  const self: Workstation = {
    account,
    get officerId() {
      return atDesk().signedIn().officerId;
    },
    device,
    line,
    saved,
    async rows(table) {
      const [rows] = await atDesk().read([{ table, how: 'all' }]);
      return rows as readonly AnyRow[];
    },
    done() {
      const refused = atDesk()
        .issues()
        .filter(({ status }) => status === 'rejected');
      return { who: account, device, saved, told: new Set(refused.map(({ mid }) => mid)), unheard: 0 };
    },
    desk: atDesk,
    async mutate(name, args) {
      const { mid } = await atDesk().mutate(name, args);
      saved.push({ mid, name, args });
    },
    async open() {
      const wire = fetchWire(line.url, schemaHash());
      const { opened, claims } = await enter({ host, wire, device, deviceName }, account, DEMO_PASSWORD, true, {});
      desk = await openDesk({
        host,
        account,
        opened,
        claims,
        identity,
        app: '0.1.0',
        hasNetwork: () => true,
        pauseOriginals: () => false,
        changed: () => undefined,
        ended: () => undefined,
        lost: () => undefined,
      });
    },
    async leave() {
      const leaving = desk;
      desk = undefined;
      await leaving?.close();
    },
    async close() {
      await self.leave();
      await line.close();
      await lanes.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  await self.open();
  return self;
}
