import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEMO_PASSWORD } from '../../server/seed/demo-accounts.ts';
import { packWithStub } from './packed-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'pack-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let packed: ReturnType<typeof packWithStub>;
beforeAll(() => {
  packed = packWithStub(folder);
}, 180_000);

test('the package holds the built program and nothing else: no packages, no sources, no source maps', () => {
  const names = [...packed.files.keys()];
  expect(names).toEqual(
    expect.arrayContaining(['package.json', 'out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html']),
  );
  expect(names.filter((name) => name !== 'package.json' && !name.startsWith('out/'))).toEqual([]);
  expect(names.filter((name) => /node_modules|\.map$|\.tsx?$|\.env|\.test\./.test(name))).toEqual([]);
  expect([...packed.files].filter(([, content]) => content.includes('sourceMappingURL=')).map(([name]) => name)).toEqual([]);
});

test('no key and no password travels in the package', () => {
  const secret = /-----BEGIN [A-Z ]*PRIVATE KEY|postgres(?:ql)?:\/\/[^\s"'`]+:[^\s"'`]+@|AKIA[0-9A-Z]{16}/;
  const tells = (content: Buffer): boolean => content.includes(DEMO_PASSWORD) || secret.test(content.toString('latin1'));
  expect([...packed.files].filter(([, content]) => tells(content)).map(([name]) => name)).toEqual([]);
});

test('the packed binary has every fuse blown that would let it run as anything but our program', () => {
  expect(packed.fuses).toEqual({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  });
});

test('installers are made for Windows and Linux, and taking the program away leaves the officer’s unsent work', () => {
  const settings = readFileSync(resolve(import.meta.dirname, '../../electron-builder.yml'), 'utf8');
  expect(settings).toMatch(/^win:\n {2}target: \[nsis\]$/m);
  expect(settings).toMatch(/^linux:\n {2}target: \[deb, AppImage\]$/m);
  expect(settings).toMatch(/^ {2}deleteAppDataOnUninstall: false$/m);
  expect(settings).not.toMatch(/verifyUpdateCodeSignature|asarUnpack|forceCodeSigning: false/);
});
