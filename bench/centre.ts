import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { readConfig } from '../server/config.ts';
import { openCentre } from '../server/open-centre.ts';
import { loadCity } from '../server/seed/load.ts';
import type { Size } from '../server/seed/plan.ts';
import { packAll } from '../server/segments/pack.ts';
import { startCentre } from '../server/start.ts';

const tell = (error: unknown): void => console.error(error);

/** A centre of its own on the embedded PostgreSQL with all its safety on, seeded; gone with `stop`. */
export async function startSeededCentre(size: Size, origins: readonly string[]) {
  const dataDir = mkdtempSync(join(tmpdir(), 'centre-'));
  chmodSync(dataDir, 0o755);
  const config = readConfig({ DATA_DIR: dataDir, PORT: '0', ORIGINS: origins.join(','), LOG_LEVEL: 'warn' });
  const open = await openCentre(config, { defect: tell, lost: tell });
  const began = performance.now();
  const loaded = await loadCity(open.centre, open.database.sql, size, Date.now());
  const seedMs = performance.now() - began;
  await packAll(open.centre, Date.now());
  await open.close();
  const running = await startCentre(config, pino({ level: config.LOG_LEVEL, base: null }));
  return {
    address: running.address,
    loaded: loaded ?? new Map<string, number>(),
    seedMs,
    async stop() {
      await running.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
