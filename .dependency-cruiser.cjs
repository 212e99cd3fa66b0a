/** The import rules of the house, as data; `tests/house/imports.test.ts` proves that each one bites. */
const HOUSE = '^(shared|renderer|server|electron|tests|bench|scripts)/';
const PROOF = '(\\.test\\.tsx?$|^tests/)';

const only = (folder, allowed, name) => ({
  name,
  severity: 'error',
  from: { path: `^${folder}/`, pathNot: PROOF },
  to: { path: HOUSE, pathNot: `^(${allowed.join('|')})/` },
});

module.exports = {
  forbidden: [
    only('shared', ['shared'], 'shared-imports-only-shared'),
    only('renderer', ['renderer', 'shared'], 'renderer-knows-no-desktop-and-no-server'),
    only('electron', ['electron', 'shared'], 'desktop-knows-no-screen-and-no-server'),
    only('server', ['server', 'shared'], 'server-knows-no-client'),
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^shared/domain/', pathNot: PROOF },
      to: { pathNot: '^shared/(domain/|errors\\.ts$)' },
    },
    {
      name: 'shared-imports-only-zod',
      severity: 'error',
      from: { path: '^shared/', pathNot: PROOF },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-no-pkg'], pathNot: '^node_modules/zod/' },
    },
    {
      name: 'renderer-has-no-node-and-no-electron',
      severity: 'error',
      from: { path: '^renderer/', pathNot: PROOF },
      to: { path: '(^node:|^electron$|^node_modules/electron/|^fs$)' },
    },
    {
      name: 'features-do-not-import-each-other',
      severity: 'error',
      from: { path: '^renderer/features/([^/]+)/', pathNot: PROOF },
      to: { path: '^renderer/features/([^/]+)/', pathNot: '^renderer/features/$1/' },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'nobody-imports-tests', severity: 'error', from: { pathNot: PROOF }, to: { path: PROOF } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)node_modules/(?!zod/|electron/)' },
    enhancedResolveOptions: { conditionNames: ['import', 'node', 'default'], extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs'] },
  },
};
