import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasDisplay } from '../../electron/loopback/find-browser.ts';
import { childOf, type Child, ROOT, runScript } from './child.ts';

/** Electron's binary where somebody brought it (its package alone does not hold it) and its window could be seen. */
export function electronBinary(): string | undefined {
  const folder = join(ROOT, 'node_modules/electron');
  if (!hasDisplay() || !existsSync(join(folder, 'path.txt'))) return undefined;
  const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist');
  const binary = join(dist, readFileSync(join(folder, 'path.txt'), 'utf8').trim());
  return existsSync(binary) ? binary : undefined;
}

/** The workstation in front of a centre: Electron where it is, else the loopback shell with the system's Chromium or a printed address. */
export function startWorkstation(centreUrl: string, electron: string | undefined): Child {
  const env = { ...process.env, CENTRE_URL: centreUrl };
  if (electron === undefined) return runScript('electron/loopback/main.ts', [], { env });
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return childOf(spawn(electron, [...asRoot, ROOT], { stdio: 'inherit', env }));
}
