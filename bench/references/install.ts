import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PINS = ['package.json', 'package-lock.json'] as const;

/** Beside the product's packages and never among them. */
export const REFERENCES = join(import.meta.dirname, '../../node_modules/.bench');

const here = (): boolean => {
  const same = PINS.every((file) => {
    const there = join(REFERENCES, file);
    return existsSync(there) && readFileSync(there, 'utf8') === readFileSync(join(import.meta.dirname, file), 'utf8');
  });
  return same && existsSync(join(REFERENCES, 'node_modules/.package-lock.json'));
};

/** Installs the references that are pinned here, once. Answers why they could not be. */
export function installReferences(): string | undefined {
  if (here()) return undefined;
  mkdirSync(REFERENCES, { recursive: true });
  for (const file of PINS) copyFileSync(join(import.meta.dirname, file), join(REFERENCES, file));
  const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: REFERENCES,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  return npm.status === 0 ? undefined : `npm ci failed: ${npm.stderr.trim().split('\n').at(-1)}`;
}
