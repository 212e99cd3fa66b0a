import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runScript } from './child.ts';
import { Refusal, say } from './say.ts';
import type { Session } from './session.ts';

const SOURCES = {
  page: ['renderer', 'shared', 'resources/page', 'scripts/strict-policy.ts', 'vite.config.ts', 'package-lock.json'],
  desktop: ['electron', 'electron.vite.config.ts'],
} as const;

/** Builds what the window shows (`page`), or the desktop program with it (`desktop`), unless the last build was of these very sources. */
export async function buildIfChanged(session: Session, wanted: 'page' | 'desktop'): Promise<void> {
  const stamp = join(ROOT, `out/${wanted}.sha256`);
  const digest = digestOf(wanted === 'page' ? SOURCES.page : [...SOURCES.page, ...SOURCES.desktop]);
  const built = existsSync(join(ROOT, 'out/renderer/index.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest;
  if (built) return;
  say('正在构建界面', 'building the page');
  // In processes of their own: bundlers set NODE_ENV to production, which our children must not inherit.
  const builder = wanted === 'page' ? 'node_modules/vite/bin/vite.js' : 'node_modules/electron-vite/bin/electron-vite.js';
  const build = session.add(runScript(builder, ['build', '--logLevel', 'warn']));
  if ((await build.ended) !== 0)
    throw new Refusal('界面未能构建，原因见上。', 'The page could not be built; the reason stands above.');
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
