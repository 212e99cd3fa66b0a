import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import type { Config } from './config.ts';
import { buildApp } from './http/app.ts';
import { loggable } from './http/refusals.ts';
import { hasDemoAccounts } from './identity/accounts.ts';
import { everyNight } from './nightly/every-night.ts';
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
    renewed: (because) => log.warn({ because }, 'the database goes on with another history'),
  });
  try {
    if (config.NODE_ENV === 'production' && (await hasDemoAccounts(open.database.sql)))
      throw new Error('demonstration accounts are here, whose password everybody knows: not in production');
    await open.files.sweep(open.centre.now());
    const { http, drain } = buildApp({ ...open, dataDir: config.DATA_DIR, origins: config.ORIGINS, log });
    const address = await http.listen({ host: config.HOST, port: config.PORT }).catch(async (error: unknown) => {
      await http.close();
      throw error;
    });
    const endNights = everyNight(open, {
      done: (report) => log.info(report, 'the night is done'),
      failed: (error) => log.error(loggable(error), 'the night failed'),
    });
    return {
      address,
      async stop() {
        drain();
        await sleep(config.DRAIN_MS);
        const patience = setTimeout(() => http.server.closeAllConnections(), PATIENCE_MS);
        await http.close();
        clearTimeout(patience);
        await endNights();
        await open.close();
      },
    };
  } catch (error) {
    await open.close();
    throw error;
  }
}
