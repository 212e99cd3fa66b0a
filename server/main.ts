import { pino } from 'pino';
import { readConfig } from './config.ts';
import { inWords } from './in-words.ts';
import { startCentre } from './start.ts';

/** Starts the centre: `node server/main.ts`. Settings are environment variables, see config.ts. SIGTERM and SIGINT drain it. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = pino({ level: config.LOG_LEVEL, base: null });
  const running = await startCentre(config, log);
  log.info({ address: running.address }, 'ready');
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    log.info('draining');
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ stack: String(error) }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`${inWords(error)}\n`);
  process.exitCode = 1;
});
