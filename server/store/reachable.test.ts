import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { reachableFolder } from './reachable.ts';

let closed: string;
let open: string;

beforeEach(() => {
  closed = mkdtempSync(join(tmpdir(), 'closed-'));
  open = mkdtempSync(join(tmpdir(), 'open-'));
  chmodSync(open, 0o755);
  mkdirSync(join(closed, 'centre'));
  writeFileSync(join(closed, 'centre', 'x'), '');
});

afterEach(() => {
  for (const folder of [closed, open]) rmSync(folder, { recursive: true, force: true });
});

test('started by an ordinary user the database stands where the data stands', () => {
  expect(reachableFolder(join(closed, 'centre'), {})).toBe(join(closed, 'centre'));
});

test('started by root it stands there only where its own user may enter', () => {
  const user = { uid: 70, gid: 70 };
  expect(reachableFolder(open, user)).toBe(open);
});

test.runIf(process.getuid?.() === 0)(
  'below a folder that only root may enter it gets a place of its own, the same each time',
  () => {
    const user = { uid: 70, gid: 70 };
    const place = reachableFolder(join(closed, 'centre'), user);
    expect(place).toMatch(/^\/var\/lib\/shian-centre\/[0-9a-f]{16}$/);
    expect(reachableFolder(join(closed, 'centre'), user)).toBe(place);
    rmSync(place, { recursive: true });
  },
);
