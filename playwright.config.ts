import { defineConfig } from '@playwright/test';

/** Journeys of an officer through the whole product, in the system's Chromium; no browser is ever downloaded. */
export default defineConfig({
  testDir: 'tests/journeys',
  testMatch: '*.e2e.ts',
  outputDir: 'test-results/journeys',
  reporter: [['list'], ['json', { outputFile: 'test-results/journeys.json' }]],
  timeout: 120_000,
  expect: { timeout: 15_000 },
  workers: 1,
  // A journey waits for real programs on a machine that may be busy; one that needed another try is named in the report.
  retries: process.env['CI'] === undefined ? 0 : 2,
  forbidOnly: process.env['CI'] !== undefined,
  use: {
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1366, height: 768 },
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--lang=zh-CN',
        '--disable-features=Translate',
      ],
    },
  },
  projects: [{ name: 'journeys', use: { browserName: 'chromium' } }],
});
