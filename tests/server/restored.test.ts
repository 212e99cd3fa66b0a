import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openCentre } from '../../server/open-centre.ts';
import { applyAsSystem } from '../../server/sync/machine.ts';
import { subjectArgs } from '../support/commands.ts';
import { endProgram, type Started, startProgram } from './started-centre.ts';

let dataDir: string;
let program: Started | undefined;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'restored-'));
  chmodSync(dataDir, 0o755);
});
afterEach(async () => {
  if (program) await endProgram(program.child, 'SIGTERM');
  program = undefined;
  rmSync(dataDir, { recursive: true, force: true });
});

/** Registers a subject as an administrator's program does, with no centre running. */
async function register(id: string): Promise<void> {
  const open = await openCentre({ DATA_DIR: dataDir }, { defect: () => undefined, lost: () => undefined });
  await applyAsSystem(open.centre, '620102', [{ name: 'subjects.register', args: subjectArgs(id), at: 1 }]);
  await open.close();
}

async function epochNow(): Promise<{ readonly epoch: string | null; readonly metrics: string }> {
  program = await startProgram(dataDir);
  const epoch = (await fetch(`${program.address}/healthz`)).headers.get('x-sync-epoch');
  const metrics = await (await fetch(`${program.address}/metrics`)).text();
  await endProgram(program.child, 'SIGTERM');
  return { epoch, metrics };
}

test('the folder of the database is put back from a copy: the centre goes on with another epoch, counted, and then stays with it', async () => {
  await register('s1');
  execFileSync('cp', ['-a', join(dataDir, 'pg'), join(dataDir, 'copy')]);
  await register('s2');
  const before = await epochNow();
  expect(before.metrics).toContain('centre_epochs_begun_total 0');

  renameSync(join(dataDir, 'pg'), join(dataDir, 'newer'));
  renameSync(join(dataDir, 'copy'), join(dataDir, 'pg'));
  const restored = await epochNow();
  expect(restored.epoch).not.toBe(before.epoch);
  expect(restored.metrics).toContain('centre_epochs_begun_total 1');
  expect(JSON.parse(readFileSync(join(dataDir, 'epoch.json'), 'utf8'))).toMatchObject({
    epoch: restored.epoch,
    heads: { 'd:620102': 1 },
  });

  const again = await epochNow();
  expect([again.epoch, again.metrics]).toEqual([restored.epoch, expect.stringContaining('centre_epochs_begun_total 0')]);
}, 180_000);
