import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyBaseLogger } from 'fastify';
import { PROTOCOL_VERSION } from '#shared/protocol/messages.ts';
import { FileStore } from '../../server/files/file-store.ts';
import { buildApp } from '../../server/http/app.ts';
import { putAccounts } from '../../server/identity/accounts.ts';
import { leaseSigner } from '../../server/identity/lease.ts';
import { workstationsIn } from '../../server/identity/workstations.ts';
import { segmentFolder } from '../../server/segments/segment-files.ts';
import { EpochKeeper } from '../../server/epoch/epoch-keeper.ts';
import { pgCentre } from '../../server/store/pg/pg-centre.ts';
import { type Database, openDatabase } from '../../server/store/pg/pool.ts';
import type { Centre, Session } from '../../server/sync/centre.ts';
import { PokeBus } from '../../server/sync/poke-bus.ts';
import { enrol } from '../support/centre-of.ts';

export const PASSWORD = '演示口令 2026';
export const ORIGIN = 'app://workstation';

export interface Asking {
  readonly token?: string | undefined;
  readonly json?: unknown;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface RunningCentre {
  readonly url: string;
  readonly centre: Centre;
  readonly database: Database;
  readonly dataDir: string;
  /** Moves the centre's clock on, ms. */
  later(ms: number): void;
  ask(method: string, path: string, asking?: Asking): Promise<Response>;
  /** Enrols an officer with an account; answers the session they sign in to, and its token. */
  signedIn(id: string, about?: Parameters<typeof enrol>[2]): Promise<Session & { readonly token: string }>;
  signIn(account: string, password: string, device?: string): Promise<Response>;
  /** A second time it does nothing. */
  stop(): Promise<void>;
}

/** The whole centre over real HTTP on `databaseUrl`; only its clock is ours. */
export async function runCentre(databaseUrl: string, log?: FastifyBaseLogger): Promise<RunningCentre> {
  const database = openDatabase(databaseUrl);
  const dataDir = mkdtempSync(join(tmpdir(), 'centre-'));
  const leases = await leaseSigner(database);
  const pokes = new PokeBus();
  const history = await EpochKeeper.open({ database, pokes, path: join(dataDir, 'epoch.json') });
  let offset = 0;
  let stopped = false;
  const centre: Centre = {
    segments: segmentFolder(join(dataDir, 'segments')),
    store: pgCentre(database, history),
    now: () => Date.now() + offset,
    mark: () => randomBytes(8),
    signLease: (claims) => leases.sign(claims),
    committed: (heads) => pokes.publish(heads),
    workstations: workstationsIn(database.sql),
    programs: { oldest: null, newest: null },
    defect: (error) => {
      throw error;
    },
  };
  const files = new FileStore(join(dataDir, 'files'));
  const look = async (): Promise<void> => void (await history.look(centre.now()));
  const deps = { centre, database, leases, pokes, files, history, look, dataDir, origins: [ORIGIN] };
  const { http } = buildApp(log === undefined ? deps : { ...deps, log });
  const url = await http.listen({ host: '127.0.0.1', port: 0 });

  const ask: RunningCentre['ask'] = (method, path, { token, json, body, headers } = {}) => {
    const carried = json === undefined ? body : JSON.stringify(json);
    const init = {
      method,
      headers: {
        'x-sync-protocol': String(PROTOCOL_VERSION),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
    };
    return fetch(`${url}${path}`, carried === undefined ? init : { ...init, body: carried });
  };
  const signIn: RunningCentre['signIn'] = (account, password, device = randomUUID()) =>
    ask('POST', '/auth/v1/sign-in', { json: { account, password, device, deviceName: 'pc' } });

  return {
    url,
    centre,
    database,
    dataDir,
    later: (ms) => {
      offset += ms;
    },
    ask,
    signIn,
    async signedIn(id, about = {}) {
      const session = await enrol(centre, id, { device: randomUUID(), ...about });
      const account = { account: id, districtId: session.districtId, officerId: id };
      await putAccounts(database.sql, [account], { password: PASSWORD, demo: true });
      const answer = await signIn(id, PASSWORD, session.device);
      const { token } = (await answer.json()) as { readonly token: string };
      return { ...session, token };
    },
    async stop() {
      if (stopped) return;
      stopped = true;
      await http.close();
      await database.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
