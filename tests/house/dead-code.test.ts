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

interface Found {
  readonly files: readonly string[];
  readonly issues: readonly {
    readonly file: string;
    readonly exports: readonly { readonly name: string }[];
    readonly devDependencies: readonly { readonly name: string }[];
  }[];
}

/** What the finder says of the copy; into a file, because what it prints into a pipe is cut off when it ends itself. */
function deadIn(folder: string): Found {
  const said = join(folder, 'said.json');
  const knip = join(ROOT, 'node_modules/knip/bin/knip.js');
  const stdio = ['ignore', openSync(said, 'w'), 'inherit'] as const;
  spawnSync(process.execPath, [knip, '--reporter', 'json', '--no-progress'], { cwd: folder, stdio: [...stdio] });
  return JSON.parse(readFileSync(said, 'utf8')) as Found;
}

test('a file, an export and a package that nobody uses are each reported, and nothing that is used', () => {
  const { files, issues } = deadIn(copy);
  expect(files).toEqual(['shared/domain/planted-orphan.ts']);
  const exported = issues.flatMap(({ file, exports }) => exports.map(({ name }) => `${file}: ${name}`));
  expect(exported).toEqual(['shared/domain/planted-half-used.ts: nobodyCallsMe']);
  expect(issues.flatMap(({ devDependencies }) => devDependencies.map(({ name }) => name))).toEqual(['leftpad']);
});
