import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './child.ts';
import { say } from './say.ts';

const SOURCES = {
  page: ['renderer', 'shared', 'resources/page', 'scripts/strict-policy.ts', 'vite.config.ts', 'package-lock.json'],
  desktop: ['electron', 'electron.vite.config.ts'],
} as const;

/** Builds what the window shows (`page`), or the desktop program with it (`desktop`), unless the last build was of these very sources. */
export async function buildIfChanged(wanted: 'page' | 'desktop'): Promise<void> {
  const stamp = join(ROOT, `out/${wanted}.sha256`);
  const digest = digestOf(wanted === 'page' ? SOURCES.page : [...SOURCES.page, ...SOURCES.desktop]);
  const built = existsSync(join(ROOT, 'out/renderer/index.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest;
  if (built) return;
  say('正在构建界面', 'building the page');
  rmSync(join(ROOT, 'out'), { recursive: true, force: true });
  process.chdir(ROOT);
  if (wanted === 'page') await (await import('vite')).build({ logLevel: 'warn' });
  else await (await import('electron-vite')).build({ logLevel: 'warn' });
  writeFileSync(stamp, digest);
}

function digestOf(places: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of places.flatMap(filesAt).toSorted()) hash.update(file).update(readFileSync(join(ROOT, file)));
  return hash.digest('hex');
}

/** Every file at or under a place, tests apart. */
function filesAt(place: string): readonly string[] {
  const entries = readdirSync(join(ROOT, place, '..'), { withFileTypes: true });
  const own = entries.find(({ name }) => place === name || place.endsWith(`/${name}`));
  if (!own?.isDirectory()) return own ? [place] : [];
  return readdirSync(join(ROOT, place), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1));
}
