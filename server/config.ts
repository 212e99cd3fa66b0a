import * as z from 'zod';

const origins = z
  .string()
  .transform((text) => text.split(',').map((origin) => origin.trim()))
  .pipe(z.array(z.string().regex(/^[a-z]+:\/\/[^/\s]+$/)).min(1));

const version = z.string().regex(/^\d+\.\d+\.\d+$/);

const schema = z.object({
  /** Without it the centre starts the PostgreSQL that comes with it. */
  DATABASE_URL: z.string().min(1).optional(),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(17_800),
  /** The embedded database, and what this server remembers. */
  DATA_DIR: z.string().min(1).default('.data/centre'),
  /** Evidence and segments; several servers of one database share it. Without it they lie in the data folder. */
  FILES_DIR: z.string().min(1).optional(),
  /** How long a stopping server still answers that it is stopping, so that a balancer looks elsewhere first. */
  DRAIN_MS: z.coerce.number().int().min(0).max(60_000).default(0),
  /** Origins of the workstation's pages: Electron's, and the loopback shell's. */
  ORIGINS: origins.default(['app://workstation', 'http://127.0.0.1:17820']),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  /** Oldest program with which new work may be begun, and the newest there is: `1.2.3`. */
  OLDEST_PROGRAM: version.optional(),
  NEWEST_PROGRAM: version.optional(),
  NODE_ENV: z.string().default('development'),
});

export type Config = z.output<typeof schema>;

/** Throws naming every setting that does not fit. */
export const readConfig = (env: NodeJS.ProcessEnv): Config => schema.parse(env);
