import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import type { WorkstationBridge } from '../../renderer/host/electron-host.ts';
import { missing, runDesktop, type RunningDesktop } from '../electron-shim/run-desktop.ts';

declare global {
  interface Window {
    readonly workstation?: WorkstationBridge;
  }
}

// Without a Chromium there is nothing to show the pages in.
beforeEach(({ skip }) => skip(missing !== undefined, missing));

const data = mkdtempSync(join(tmpdir(), 'desktop-'));
afterAll(() => rmSync(data, { recursive: true, force: true }));

async function started(): Promise<RunningDesktop> {
  const desktop = await runDesktop(data);
  onTestFinished(() => desktop.stop());
  return desktop;
}

const call = ({ page }: RunningDesktop, namespace: string, method: string, args?: unknown): Promise<unknown> =>
  page.evaluate(([first, second, given]) => window.workstation!.call(first, second, given), [namespace, method, args] as const);

test('the built program shows its page, and its policy is broken by nothing the page does', async () => {
  const { page, log } = await started();
  const complaints: string[] = [];
  page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`policy: ${violatedDirective} ${blockedURI}`),
    ),
  );
  await page.reload();
  await page.waitForFunction(() => (document.getElementById('root')?.textContent ?? '') !== '');
  expect(await page.title()).toBe('食安督查工作站');
  // The centre is not there in this test: a page that cannot reach it says so on the console by the browser itself.
  expect(complaints.filter((text) => !text.includes('ERR_CONNECTION_REFUSED'))).toEqual([]);
  expect(log()).not.toContain('start failed');
});

test('calls cross to the desktop through the contract, bytes too, and others do not cross', async () => {
  const desktop = await started();
  expect(await call(desktop, 'diagnostics', 'info')).toMatchObject({ ok: true, value: { shell: 'electron' } });
  const hash = await desktop.page.evaluate(async () => {
    const put = (await window.workstation!.call('files', 'putBlob', { bytes: new Uint8Array([1, 2, 3]) })) as {
      readonly value: { readonly sha256: string };
    };
    return put.value.sha256;
  });
  expect(hash).toBe('039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81');
  expect(await call(desktop, 'journal', 'read', { lane: '../etc' })).toMatchObject({ ok: false, kind: 'badArgs' });
  await expect(call(desktop, 'files', 'remove')).rejects.toThrow('No handler registered');
  expect(await desktop.page.evaluate(() => ['require', 'process', 'module'].filter((name) => name in window))).toEqual([]);
});

test('the page hears that the network of the computer went', async () => {
  const { page, process: program } = await started();
  const heard = page.evaluate(() => new Promise((done) => window.workstation!.onEvent((name, payload) => done([name, payload]))));
  program.send({ online: false });
  expect(await heard).toEqual(['network.changed', { online: false }]);
});

test('what was kept is there after the program and its pages were killed', async () => {
  const first = await runDesktop(data);
  await call(first, 'journal', 'append', { lane: 'officer-0001', entries: ['kept'] });
  await first.page.evaluate(
    () =>
      new Promise<void>((done, failed) => {
        const asked = indexedDB.open('probe', 1);
        asked.addEventListener('upgradeneeded', () => asked.result.createObjectStore('rows'));
        asked.addEventListener('success', () => {
          const writing = asked.result.transaction('rows', 'readwrite', { durability: 'strict' });
          writing.objectStore('rows').put('kept', 'row');
          writing.addEventListener('complete', () => done());
          writing.addEventListener('error', () => failed(writing.error));
        });
      }),
  );
  const { origin } = first;
  await first.kill();
  const second = await runDesktop(data, { SHIM_PORT: new URL(origin).port });
  onTestFinished(() => second.stop());
  expect(await call(second, 'journal', 'read', { lane: 'officer-0001' })).toMatchObject({
    value: { entries: [{ text: 'kept' }], damaged: 0 },
  });
  const row = await second.page.evaluate(
    () =>
      new Promise((done) => {
        const asked = indexedDB.open('probe', 1);
        asked.addEventListener('success', () => {
          const reading = asked.result.transaction('rows').objectStore('rows').get('row');
          reading.addEventListener('success', () => done(reading.result));
        });
      }),
  );
  expect(row).toBe('kept');
});
