import { beforeEach, expect, test } from 'vitest';
import { Fault, type FaultKind } from '#shared/errors.ts';
import type { AnyRow } from '#shared/schema/table.ts';
import { type FileList, heldInMemory } from './file-list.ts';
import { type SendingFiles, sendingFiles } from './files.ts';
import type { Centre } from './centre.ts';
import type { FileRow } from './ports.ts';

const PART = 256 * 1024;
const NEVER = new AbortController().signal;
const shaOf = (letter: string): string => letter.repeat(64);

/** A centre with room for parts: what it got in which order, and what it says to whom. */
function smallCentre() {
  const got: string[] = [];
  const offsets = new Map<string, number>();
  const stored = new Set<string>();
  const refuse = new Map<string, FaultKind>();
  const lengths = new Map<string, number>();
  const centre: Pick<Centre, 'upload'> = {
    async upload({ method, path, headers = {}, bytes }) {
      const sha256 = method === 'POST' ? atob(String(headers['upload-metadata']?.split(/[ ,]/)[1])) : path.slice(-64);
      const kind = refuse.get(sha256);
      if (kind) throw new Fault(kind, 'refused');
      if (method === 'POST') lengths.set(sha256, Number(headers['upload-length']));
      got.push(`${method} ${sha256[0]}`);
      const offset = (offsets.get(sha256) ?? 0) + (bytes?.length ?? 0);
      offsets.set(sha256, offset);
      if (method === 'PATCH' && offset === lengths.get(sha256)) stored.add(sha256);
      const here = stored.has(sha256);
      const said = here
        ? { 'upload-offset': String(lengths.get(sha256)), 'x-sync-stored': sha256 }
        : { 'upload-offset': `${offset}` };
      return { status: 204, contentType: '', bytes: new Uint8Array(), complete: true, headers: said };
    },
  };
  return { centre, got, stored, refuse };
}

let rows: Map<string, FileRow>;
let attachments: AnyRow[];
let lost: Set<string>;
let wait: boolean;
let list: FileList;
let sending: SendingFiles;

const file = (letter: string, addedAt: number, sizeBytes = 100): FileRow => ({
  sha256: shaOf(letter),
  blob: letter,
  mime: 'image/jpeg',
  sizeBytes,
  state: 'waiting',
  addedAt,
});

const attachment = (original: string, thumbnail: string | null, state = 'announced'): AnyRow => ({
  id: `of-${original}`,
  districtId: '620102',
  ver: 1,
  sha256: shaOf(original),
  thumbSha256: thumbnail && shaOf(thumbnail),
  sizeBytes: 100,
  mime: 'image/jpeg',
  caption: `照片 ${original}`,
  ownerTable: 'problems',
  ownerId: 'p1',
  state,
});

async function atDesk(files: readonly FileRow[], named: readonly AnyRow[]): Promise<void> {
  rows = new Map(files.map((row) => [row.blob, row]));
  attachments = [...named];
  list = await heldInMemory({
    files: async () => [...rows.values()],
    putFile: async (row) => void rows.set(row.blob, row),
  });
  sending = sendingFiles({
    list,
    bytesOf: async (sha256) => (lost.has(sha256) ? null : new Uint8Array(rows.get(sha256[0] ?? '')?.sizeBytes ?? 0)),
    attachments: async () => attachments,
    originalsWait: () => wait,
    clock: { now: () => 1 },
    changed: () => undefined,
  });
  await sending.look();
}

beforeEach(() => {
  lost = new Set();
  wait = false;
});

test('thumbnails go before originals, and originals oldest first', async () => {
  await atDesk([file('b', 3), file('a', 1), file('y', 4), file('x', 2)], [attachment('a', 'x'), attachment('b', 'y')]);
  const { centre, got } = smallCentre();
  await sending.run(centre, NEVER);
  expect(got.filter((one) => one.startsWith('PATCH'))).toEqual(['PATCH x', 'PATCH y', 'PATCH a', 'PATCH b']);
  expect([...rows.values()].map(({ state }) => state)).toEqual(['stored', 'stored', 'stored', 'stored']);
});

test('a thumbnail that comes while an original is under way goes after the part under way, and the original goes on', async () => {
  await atDesk([file('a', 1, 3 * PART)], [attachment('a', null)]);
  const { centre, got } = smallCentre();
  const joining: Pick<Centre, 'upload'> = {
    async upload(message) {
      const answer = await centre.upload(message);
      if (got.filter((one) => one === 'PATCH a').length === 1 && attachments.length === 1) {
        attachments.push(attachment('b', 'y'));
        await list.putFile(file('y', 5));
      }
      return answer;
    },
  };
  await sending.run(joining, NEVER);
  expect(got).toEqual(['POST a', 'PATCH a', 'POST y', 'PATCH y', 'POST a', 'PATCH a', 'PATCH a']);
});

test('a file whose attachment was refused or taken back stays here and is not sent', async () => {
  await atDesk([file('a', 1), file('b', 2)], [attachment('b', null)]);
  const { centre, got } = smallCentre();
  expect(sending.status().waiting).toBe(1);
  await sending.run(centre, NEVER);
  expect(got).toEqual(['POST b', 'PATCH b']);
  expect(rows.get('a')?.state).toBe('waiting');
});

test('what the list calls stored is sent again while its attachment is announced, once for each line', async () => {
  await atDesk([{ ...file('a', 1), state: 'stored' }], [attachment('a', null)]);
  const { centre, got } = smallCentre();
  await sending.run(centre, NEVER);
  await sending.run(centre, NEVER);
  expect(got).toEqual(['POST a', 'PATCH a']);
  attachments = [attachment('a', null, 'stored')];
  await sending.run(centre, NEVER);
  attachments = [attachment('a', null)];
  await sending.run({ ...centre }, NEVER);
  expect(got).toEqual(['POST a', 'PATCH a', 'POST a']);
});

test('an attachment the centre does not know yet holds up nothing behind it', async () => {
  await atDesk([file('a', 1), file('b', 2)], [attachment('a', null), attachment('b', null)]);
  const { centre, got, refuse } = smallCentre();
  refuse.set(shaOf('a'), 'notFound');
  await sending.run(centre, NEVER);
  expect(got).toEqual(['POST b', 'PATCH b']);
  expect(rows.get('a')).toMatchObject({ state: 'waiting' });
  expect(rows.get('a')?.refused).toBeUndefined();
});

test('a file refused for good stays with the reason, waits for the officer, and goes when it is tried again', async () => {
  await atDesk([file('a', 1)], [attachment('a', null)]);
  const { centre, got, refuse } = smallCentre();
  refuse.set(shaOf('a'), 'wrongContent');
  await sending.run(centre, NEVER);
  await sending.run(centre, NEVER);
  expect(sending.items()).toMatchObject([{ sha256: shaOf('a'), caption: '照片 a', refused: { kind: 'wrongContent', at: 1 } }]);
  expect(sending.status()).toMatchObject({ stuck: 1, waiting: 0 });
  refuse.clear();
  await sending.tryAgain(shaOf('a'));
  await sending.run(centre, NEVER);
  expect([got, sending.status().stuck, rows.get('a')?.state]).toEqual([['POST a', 'PATCH a'], 0, 'stored']);
});

test('a file whose bytes are gone here is told, and the others go', async () => {
  lost.add(shaOf('a'));
  await atDesk([file('a', 1), file('b', 2)], [attachment('a', null), attachment('b', null)]);
  const { centre, got } = smallCentre();
  await sending.run(centre, NEVER);
  expect(got).toEqual(['POST b', 'PATCH b']);
  expect(sending.items()).toMatchObject([{ sha256: shaOf('a'), missing: true }]);
});

test('in office hours thumbnails go and originals wait; afterwards they go', async () => {
  wait = true;
  await atDesk([file('a', 1), file('x', 2)], [attachment('a', 'x')]);
  const { centre, got } = smallCentre();
  await sending.run(centre, NEVER);
  expect(got).toEqual(['POST x', 'PATCH x']);
  expect(sending.status()).toEqual({ waiting: 1, sentBytes: 0, totalBytes: 100, paused: true, stuck: 0 });
  wait = false;
  await sending.run(centre, NEVER);
  expect(got).toEqual(['POST x', 'PATCH x', 'POST a', 'PATCH a']);
  expect(sending.status()).toEqual({ waiting: 0, sentBytes: 0, totalBytes: 0, paused: false, stuck: 0 });
});

test('how far everything is counts what went since the last time all was there', async () => {
  await atDesk([file('a', 1, 3 * PART), file('b', 2, PART)], [attachment('a', null), attachment('b', null)]);
  const { centre, got } = smallCentre();
  const seen: string[] = [];
  const watching: Pick<Centre, 'upload'> = {
    upload: (message) => {
      const { waiting, sentBytes, totalBytes } = sending.status();
      if (message.method === 'PATCH') seen.push(`${waiting}: ${sentBytes / PART}/${totalBytes / PART}`);
      return centre.upload(message);
    },
  };
  await sending.run(watching, NEVER);
  expect(got).toHaveLength(6);
  expect(seen).toEqual(['2: 0/4', '2: 1/4', '2: 2/4', '1: 3/4']);
});

test('a line that fails is told, and the file goes on where it stood', async () => {
  await atDesk([file('a', 1, 2 * PART)], [attachment('a', null)]);
  const { centre, got } = smallCentre();
  let cuts = 2;
  const weak: Pick<Centre, 'upload'> = {
    async upload(message) {
      if (message.method === 'PATCH' && message.headers?.['upload-offset'] === String(PART) && cuts-- > 0)
        throw new Fault('serverUnreachable', 'cut');
      return centre.upload(message);
    },
  };
  await expect(sending.run(weak, NEVER)).rejects.toMatchObject({ kind: 'serverUnreachable' });
  await sending.run(weak, NEVER);
  expect(got).toEqual(['POST a', 'PATCH a', 'HEAD a', 'POST a', 'PATCH a']);
});
