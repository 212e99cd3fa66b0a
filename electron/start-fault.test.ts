import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openLoopback } from '../tests/electron-shim/loopback.ts';
import { tempFolder } from '../tests/electron-shim/temp-folder.ts';
import { readSettings } from './loopback/settings.ts';
import { type LoopbackOptions, startLoopback } from './loopback/start.ts';
import { startFault } from './start-fault.ts';

/** What an officer reads when a start with these options fails. */
async function told(options: Partial<LoopbackOptions>): Promise<string> {
  const folder = await tempFolder();
  await writeFile(join(folder, 'index.html'), 'page');
  const start = startLoopback({ port: 0, dataDir: join(folder, 'data'), rendererDir: folder, ...options });
  return start.then(
    (shell) => {
      onTestFinished(() => shell.close());
      return 'it started';
    },
    (error: unknown) => startFault(error),
  );
}

test('a second workstation on the same data is told to use the first', async () => {
  const { folder } = await openLoopback();
  expect(await told({ dataDir: join(folder, 'data') })).toMatch(/^工作站已在运行.*\nThe workstation runs already/);
});

test('a taken port is named as what it is, and the data folder is free again afterwards', async () => {
  const port = Number(new URL((await openLoopback()).origin).port);
  const dataDir = join(await tempFolder(), 'data');
  expect(await told({ port, dataDir })).toMatch(/^端口已被其他程序占用.*WORKSTATION_PORT/);
  expect(await told({ dataDir })).toBe('it started');
});

test('a page that was never built is said before anything is made', async () => {
  expect(await told({ rendererDir: join(await tempFolder(), 'absent') })).toContain('npm run build');
});

test('a data folder that is a file, or may not be written, asks for another', async () => {
  const file = join(await tempFolder(), 'file');
  await writeFile(file, '');
  expect(await told({ dataDir: join(file, 'data') })).toContain('WORKSTATION_DATA');
  const denied = Object.assign(new Error('EACCES'), { code: 'EACCES', syscall: 'mkdir' });
  expect(startFault(denied)).toContain('WORKSTATION_DATA');
});

test('settings that do not fit are named, a broken settings file stops the start', async () => {
  const dataDir = await tempFolder();
  await writeFile(join(dataDir, 'config.json'), JSON.stringify({ centreUrl: 'http://centre.lz.gov.cn' }));
  expect(await told({ dataDir })).toMatch(/centreUrl: must be https/);
  await writeFile(join(dataDir, 'config.json'), '{');
  expect(await told({ dataDir })).toContain('JSON');
  for (const port of ['abc', '70000', '-1', '0']) {
    expect(() => readSettings({ WORKSTATION_PORT: port })).toThrow('WORKSTATION_PORT');
  }
});

test('without settings the data is where this user’s programs keep theirs', () => {
  expect(readSettings({ XDG_DATA_HOME: '/home/o/data' })).toEqual({
    port: 17_820,
    dataDir: join('/home/o/data', 'shian-workstation'),
  });
  expect(readSettings({ WORKSTATION_DATA: '/srv/w', XDG_DATA_HOME: '/home/o/data', WORKSTATION_PORT: '1' })).toEqual({
    port: 1,
    dataDir: '/srv/w',
  });
});
