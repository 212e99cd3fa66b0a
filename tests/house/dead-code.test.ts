import { spawnSync } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plantedCopy, ROOT } from './planted-copy.ts';

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { readonly devDependencies: object };
const copy = plantedCopy({
  'shared/domain/planted-orphan.ts': 'export const orphan = 1;',
  'shared/domain/planted-user.test.ts': `import { used } from './planted-half-used.ts';\nused();`,
  'shared/domain/planted-half-used.ts': 'export const used = (): number => 1;\nexport const nobodyCallsMe = 2;',
  'package.json': JSON.stringify({ ...manifest, devDependencies: { ...manifest.devDependencies, leftpad: '0.0.1' } }),
});

test('a file, an export and a package that nobody uses are each reported', () => {
  const knip = join(ROOT, 'node_modules/knip/bin/knip.js');
  // Into a file: what it prints into a pipe is cut off when it ends itself.
  const said = join(copy, 'said.txt');
  spawnSync(process.execPath, [knip, '--reporter', 'compact', '--no-progress'], {
    cwd: copy,
    stdio: ['ignore', openSync(said, 'w'), 'inherit'],
  });
  const stdout = readFileSync(said, 'utf8');
  expect(stdout).toContain('planted-orphan.ts');
  expect(stdout).toMatch(/planted-half-used\.ts.*nobodyCallsMe/);
  expect(stdout).not.toMatch(/planted-half-used\.ts.*\bused\b/);
  expect(stdout).toContain('leftpad');
});
