import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { isMissing } from './capabilities/io-fault.ts';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Encrypted, except to this very computer. */
const address = z.url().refine((text) => {
  const url = new URL(text);
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname));
}, 'must be https, or http to this computer');

const schema = z.strictObject({
  centreUrl: address.default('http://127.0.0.1:17800'),
  deviceName: z
    .string()
    .min(1)
    .max(120)
    .default(() => hostname().slice(0, 120) || 'workstation'),
  /** Folder of the bureau's update server; without it no update is ever looked for. */
  updateUrl: address.optional(),
  /** Linux without a keystore: keep secrets under file permissions alone. */
  allowPlainSecrets: z.boolean().default(false),
  /** Hosts whose https pages may be opened in the officer's browser. */
  openableHosts: z.array(z.string().max(253)).default([]),
});

/** What an administrator sets on one workstation. */
export type HostConfig = z.output<typeof schema>;

/** Reads `config.json` in the data folder; `CENTRE_URL` wins over it. A file that does not fit stops the start: guessing a centre would be worse. */
export function loadConfig(dataDir: string, env: NodeJS.ProcessEnv = process.env): HostConfig {
  const fromEnv = env['CENTRE_URL'] ? { centreUrl: env['CENTRE_URL'] } : {};
  return schema.parse({ ...readConfigFile(join(dataDir, 'config.json')), ...fromEnv });
}

function readConfigFile(path: string): Record<string, unknown> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    if (isMissing(error)) return {};
    throw error;
  }
}
