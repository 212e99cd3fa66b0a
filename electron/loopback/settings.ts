import { homedir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { DEFAULT_PORT } from './start.ts';

const schema = z.object({
  WORKSTATION_PORT: z.coerce.number().int().min(1).max(65_535).default(DEFAULT_PORT),
  /** Data folder; without it the usual place of this user's programs. */
  WORKSTATION_DATA: z.string().min(1).optional(),
  XDG_DATA_HOME: z.string().optional(),
  APPDATA: z.string().optional(),
});

interface LoopbackSettings {
  readonly port: number;
  readonly dataDir: string;
}

/** Throws naming every variable that does not fit. */
export function readSettings(env: NodeJS.ProcessEnv): LoopbackSettings {
  const { WORKSTATION_PORT, WORKSTATION_DATA, XDG_DATA_HOME, APPDATA } = schema.parse(env);
  const place = APPDATA || XDG_DATA_HOME || join(homedir(), '.local/share');
  return { port: WORKSTATION_PORT, dataDir: WORKSTATION_DATA ?? join(place, 'shian-workstation') };
}
