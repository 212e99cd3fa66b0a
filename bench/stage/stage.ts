/** Everything the cells play on: one PostgreSQL with all its safety on, the city once, and copies of it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableOfKind } from '#shared/tables/index.ts';
import type { Size } from '../../server/seed/plan.ts';
import { startCluster } from '../../tests/pg/cluster.ts';
import type { PlainRow } from '../page/plain-row.ts';
import { atCentre, copyOf, drop, type Kept, seed, settle } from './seeded.ts';
import { districtRows, lengthen } from './history.ts';
import { type Server, startServer } from './server.ts';

/** Ports of the shells, which the centre must know as origins. */
export const PORTS = { bench: 17_829, product: 17_828 } as const;
const ORIGINS = Object.values(PORTS)
  .map((port) => `http://127.0.0.1:${port}`)
  .join(',');

export interface Centre extends Kept {
  /** Another server process over the same database; `without`: with none of its files, so that it offers no segments. */
  server(without?: 'files'): Promise<Server>;
}

export type Stage = Awaited<ReturnType<typeof openStage>>;

export async function openStage(size: Size) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-stage-'));
  const cluster = await startCluster({ durable: true });
  let made = 0;
  const nextFolder = (): string => join(folder, String(++made));
  const base = await seed(cluster, size, nextFolder());
  const rows = (await atCentre(base, districtRows)).map(plainOf);
  const long = new Map<number, Kept>();

  /** Serves a database while `work` runs. */
  async function served<T>(kept: Kept, work: (centre: Centre) => Promise<T>): Promise<T> {
    const servers: Server[] = [];
    const server: Centre['server'] = async (without) => {
      const filesDir = without === undefined ? kept.files : nextFolder();
      const started = await startServer({ databaseUrl: kept.databaseUrl, dataDir: nextFolder(), filesDir, origins: ORIGINS });
      servers.push(started);
      return started;
    };
    try {
      return await work({ ...kept, server });
    } finally {
      for (const one of servers) await one.stop();
    }
  }

  return {
    /** The rows of the district as they are kept by who keeps each by itself. */
    rows,
    /** A centre to which nothing was done yet, gone after `work`. */
    async withCentre<T>(work: (centre: Centre) => Promise<T>): Promise<T> {
      const kept = await copyOf(cluster, base, nextFolder());
      try {
        return await served(kept, work);
      } finally {
        await drop(cluster, kept);
        rmSync(kept.files, { recursive: true });
      }
    },
    /** Makes ready a centre whose history is `times` as long. */
    async grow(times: number): Promise<void> {
      if (long.has(times)) return;
      const kept = await copyOf(cluster, base, nextFolder());
      await atCentre(kept, (open) => lengthen(open, times));
      await settle(kept);
      long.set(times, kept);
    },
    async withGrown<T>(times: number, work: (centre: Centre) => Promise<T>): Promise<T> {
      const kept = long.get(times);
      if (!kept) throw new Error('not made ready');
      return served(kept, work);
    },
    async close() {
      await cluster.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Line = Awaited<ReturnType<typeof districtRows>>[number];

function plainOf({ kind, id, seq, content }: Line): PlainRow {
  const columns = JSON.parse(content?.json ?? '{}') as Readonly<Record<string, unknown>>;
  const table = tableOfKind.get(kind)?.name ?? '';
  const [at = 0] = [columns['dueAt'], columns['startedAt'], columns['foundAt']].filter((time) => typeof time === 'number');
  const { state = '', subjectId = '' } = columns as { readonly state?: string; readonly subjectId?: string };
  return {
    ...columns,
    id: `${table}/${id}`,
    table,
    state,
    at,
    subjectId,
    seq,
    ver: content?.ver ?? 1,
  };
}
