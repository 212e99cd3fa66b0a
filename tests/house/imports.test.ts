import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plantedCopy, ROOT } from './planted-copy.ts';

const FOLDERS = ['shared', 'renderer', 'server', 'electron'];

interface Report {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly { readonly rule: { readonly name: string }; readonly from: string }[];
  };
}

function cruise(root: string): Report['summary'] {
  const bin = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const folders = FOLDERS.filter((folder) => existsSync(join(root, folder)));
  const run = spawnSync(process.execPath, [bin, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...folders], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (!run.stdout.startsWith('{')) throw new Error(run.stderr);
  return (JSON.parse(run.stdout) as Report).summary;
}

/** File planted → rule that must report it. */
const PLANTED: readonly (readonly [file: string, source: string, rule: string])[] = [
  ['shared/domain/planted.ts', `import '../tables/index.ts';`, 'domain-is-pure'],
  ['shared/schema/planted.ts', `import '../../server/store/ddl.ts';`, 'shared-imports-only-shared'],
  ['shared/schema/planted-node.ts', `import 'node:fs';`, 'shared-imports-only-zod'],
  ['server/planted.ts', `import '../renderer/ui/planted.ts';`, 'server-knows-no-client'],
  ['renderer/ui/planted.ts', `import '../../server/store/ddl.ts';`, 'renderer-knows-no-desktop-and-no-server'],
  ['renderer/ui/planted-node.ts', `import 'node:fs';`, 'renderer-has-no-node-and-no-electron'],
  ['renderer/features/a/planted.ts', `import '../b/planted.ts';`, 'features-do-not-import-each-other'],
  ['renderer/features/b/planted.ts', `export const b = 1;`, ''],
  ['electron/planted.ts', `import '../renderer/ui/planted.ts';`, 'desktop-knows-no-screen-and-no-server'],
  ['server/planted-alias.ts', `import '#shared/tables/index.ts'; import '../tests/support/personas.ts';`, 'nobody-imports-tests'],
  ['shared/tables/circle-a.ts', `import './circle-b.ts';`, 'no-circular'],
  ['shared/tables/circle-b.ts', `import './circle-a.ts';`, ''],
];

const copy = plantedCopy(Object.fromEntries(PLANTED));

test('the house keeps its import rules, and the checker saw its modules', () => {
  const { violations, totalCruised } = cruise(ROOT);
  expect(violations.map(({ rule, from }) => `${rule.name}: ${from}`)).toEqual([]);
  expect(totalCruised).toBeGreaterThan(30);
});

test('each planted violation is reported by its rule', () => {
  const reported = new Set(cruise(copy).violations.map(({ rule, from }) => `${from}: ${rule.name}`));
  const expected = PLANTED.filter(([, , rule]) => rule !== '').map(([file, , rule]) => `${file}: ${rule}`);
  expect(expected.filter((line) => !reported.has(line))).toEqual([]);
});
