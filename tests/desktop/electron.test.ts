import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron } from '@playwright/test';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const hasBinary =
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] !== undefined || existsSync(join(ROOT, 'node_modules/electron/path.txt'));

test('Electron itself starts the built program and answers its page', async ({ skip }) => {
  skip(!hasBinary, 'Electron’s binary is not on this machine');
  const userData = mkdtempSync(join(tmpdir(), 'electron-'));
  const program = await _electron.launch({ args: [ROOT, `--user-data-dir=${userData}`] });
  const page = await program.firstWindow();
  expect(await page.title()).toBe('食安督查工作站');
  expect(page.url()).toBe('app://workstation/');
  const info = await page.evaluate(() => window.workstation!.call('diagnostics', 'info', undefined));
  expect(info).toMatchObject({ ok: true, value: { shell: 'electron' } });
  await program.close();
});
