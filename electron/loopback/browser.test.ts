import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { tempFolder } from '../../tests/electron-shim/temp-folder.ts';
import { browserArgs, endLeftBehind } from './browser.ts';
import { findBrowser } from './find-browser.ts';

test('the window has a profile of its own, and gives up its sandbox for root alone', () => {
  const args = browserArgs('http://127.0.0.1:17820/', '/data/profile', false);
  expect(args).toEqual(
    expect.arrayContaining(['--app=http://127.0.0.1:17820/', '--user-data-dir=/data/profile', '--lang=zh-CN']),
  );
  expect(args).not.toContain('--no-sandbox');
  expect(browserArgs('http://127.0.0.1:17820/', '/data/profile', true)).toContain('--no-sandbox');
});

test('the browser an administrator named wins, then Chromium, then what else of its family is there', () => {
  expect(findBrowser({ CHROMIUM: '/opt/chromium' }, () => false)).toBe('/opt/chromium');
  expect(findBrowser({}, () => true)).toBe('/usr/bin/chromium');
  expect(findBrowser({}, (path) => path === '/usr/bin/microsoft-edge')).toBe('/usr/bin/microsoft-edge');
  expect(findBrowser({ 'PROGRAMFILES(X86)': 'C:/P' }, (path) => path.startsWith('C:'))).toMatch(/chrome\.exe$|msedge\.exe$/);
  expect(findBrowser({}, () => false)).toBeUndefined();
});

function sleeper(argument: string): ChildProcess {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', '--', argument], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

const isLinux = process.platform === 'linux';

test.runIf(isLinux)('a window left behind by a killed shell is ended; whatever else has its number is not', async () => {
  const profile = join(await tempFolder(), 'profile');
  mkdirSync(profile);
  const stranger = sleeper('--user-data-dir=/somebody/else');
  symlinkSync(`pc-${stranger.pid}`, join(profile, 'SingletonLock'));
  await endLeftBehind(profile);
  expect(stranger.exitCode ?? stranger.signalCode).toBeNull();

  const other = join(await tempFolder(), 'other');
  mkdirSync(other);
  const left = sleeper(`--user-data-dir=${other}`);
  symlinkSync(`pc-${left.pid}`, join(other, 'SingletonLock'));
  const ended = new Promise((done) => left.once('exit', (_code, signal) => done(signal)));
  await endLeftBehind(other);
  expect(await ended).toBe('SIGTERM');
  await endLeftBehind(other);
});
