import { join } from 'node:path';
import type { FastifyBaseLogger } from 'fastify';
import type { Config } from './config.ts';
import { FileStore } from './files/file-store.ts';
import { buildApp } from './http/app.ts';
import { loggable } from './http/refusals.ts';
import { hasDemoAccounts } from './identity/accounts.ts';
import { openCentre } from './open-centre.ts';

/** How long a stop waits for requests under way. */
const PATIENCE_MS = 10_000;

export interface RunningCentre {
  /** `http://127.0.0.1:17800` */
  readonly address: string;
  /** Drains: listeners are told, requests under way are finished, then the database is left. */
  stop(): Promise<void>;
}

export async function startCentre(config: Config, log: FastifyBaseLogger): Promise<RunningCentre> {
  const open = await openCentre(config, {
    defect: (error, about) => log.error({ ...about, ...loggable(error) }, 'a rule failed'),
    lost: (error) => log.warn({ code: (error as NodeJS.ErrnoException).code }, 'a database connection broke'),
  });
  try {
    if (config.NODE_ENV === 'production' && (await hasDemoAccounts(open.database.sql)))
      throw new Error('demonstration accounts are here, whose password everybody knows: not in production');
    const files = new FileStore(join(config.DATA_DIR, 'files'));
    await files.sweep(Date.now());
    const app = buildApp({ ...open, files, dataDir: config.DATA_DIR, origins: config.ORIGINS, log });
    const address = await app.listen({ host: config.HOST, port: config.PORT }).catch(async (error: unknown) => {
      await app.close();
      throw error;
    });
    return {
      address,
      async stop() {
        const patience = setTimeout(() => app.server.closeAllConnections(), PATIENCE_MS);
        await app.close();
        clearTimeout(patience);
        await open.close();
      },
    };
  } catch (error) {
    await open.close();
    throw error;
  }
}
