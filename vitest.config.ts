import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'unit',
    environment: 'node',
    include: ['{shared,server,electron,renderer,tests}/**/*.test.ts'],
    testTimeout: 30_000,
  },
});
