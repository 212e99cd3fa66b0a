import { defineConfig } from 'vitest/config';

/**
 * `house`: the rules of the code itself. `unit`: everything beside its source. `process`: centres in processes of their own that are
 * killed and restored. `desktop`: the built program, see docs/decisions/0041.
 */
export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Many tests wait for a disk or another process: one core kept free would be a core unused.
    maxWorkers: '100%',
    projects: [
      { extends: true, test: { name: 'house', include: ['tests/house/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{shared,server,electron,renderer,tests,scripts,bench}/**/*.test.{ts,tsx}'],
          exclude: ['tests/{house,desktop,process}/**', 'node_modules/**'],
        },
      },
      {
        extends: true,
        test: { name: 'process', include: ['tests/process/**/*.test.ts'], fileParallelism: false },
      },
      {
        extends: true,
        test: { name: 'desktop', include: ['tests/desktop/**/*.test.ts'], fileParallelism: false, testTimeout: 120_000 },
      },
    ],
  },
});
