/** What must be true once all is quiet, asked of the database in SQL and of the copies row by row. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { AnyRow } from '#shared/schema/table.ts';
import { tableList } from '#shared/tables/index.ts';
import type { CentreProcess } from './centre-process.ts';

/** One promise that was broken. */
export interface Flaw {
  readonly promise: string;
  readonly seen: string;
}

/** One mutation whose officer was told 已保存. */
export interface Saved {
  readonly mid: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

export interface Proof {
  readonly saved: number;
  /** Saved and not at the centre. */
  readonly lost: number;
  /** At the centre more than once: decided, in the books, or in the rows. */
  readonly doubled: number;
  /** Decided with a refusal. */
  readonly refused: number;
  readonly flaws: readonly Flaw[];
}

/** Somebody's work: on which workstation it was saved, in order. */
export interface Done {
  readonly who: string;
  readonly device: string;
  readonly saved: readonly Saved[];
  /** Those that this workstation holds as refused: a restored centre need not know of them. */
  readonly told: ReadonlySet<string>;
  /** How many mutations may be there whose officer never heard that they were saved: one for each kill of the workstation. */
  readonly unheard: number;
}

/** A copy that can be read. */
interface Copy {
  readonly who: string;
  readonly streams: readonly string[];
  readonly read: (table: string) => Promise<readonly AnyRow[]>;
}

interface Decision {
  readonly mid: string;
  readonly device: string;
  readonly status: string;
}

interface Named {
  readonly sha256: string;
  readonly state: string;
  readonly takenBy: string;
}

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );

/** Everything that was saved against everything the centre has. */
export async function prove(centre: CentreProcess, work: readonly Done[]): Promise<Proof> {
  const flaws: Flaw[] = [];
  const say = (promise: string, seen: string): void => void flaws.push({ promise, seen });
  const saved = work.flatMap((one) => one.saved);
  const decisions = await centre.rows<Decision>('select mid, device, status from sync_mutation');
  const status = new Map(decisions.map((one) => [one.mid, one.status]));

  const lost = work.flatMap(({ who, saved: own, told }) =>
    own.filter(({ mid }) => !status.has(mid) && !told.has(mid)).map(({ mid, name }) => ({ who, mid, name })),
  );
  for (const { who, mid, name } of lost) say('saved means saved', `${who}: ${name} ${mid} is not at the centre`);

  const twice = await centre.rows<{ readonly mid: string; readonly n: string }>(
    `select mid, count(*) as n from sync_mutation group by mid having count(*) > 1
     union all select mid, count(*) from audit group by mid having count(*) > 1`,
  );
  for (const { mid, n } of twice) say('decided once, one line in the books', `${mid}: ${n} times`);
  const apart = await centre.rows<{ readonly mid: string }>(
    `select mid from sync_mutation m where not exists (select 1 from audit a where a.mid = m.mid)
     union all select mid from audit a where not exists (select 1 from sync_mutation m where m.mid = a.mid)`,
  );
  for (const { mid } of apart) say('decided once, one line in the books', `${mid}: decision and line do not go together`);

  for (const { who, device, saved: own } of work) {
    const lines = await centre.rows<{ readonly mid: string }>('select mid from audit where device = $1 order by no', [device]);
    const here = new Set(own.map(({ mid }) => mid));
    const written = lines.map(({ mid }) => mid).filter((mid) => here.has(mid));
    const did = own.map(({ mid }) => mid).filter((mid) => status.has(mid));
    const at = did.findIndex((mid, i) => mid !== written[i]);
    if (at !== -1) say('decided in the order it was done', `${who}: from ${did[at]} on`);
  }

  const unheard = work.reduce((sum, one) => sum + one.unheard, 0);
  const wrong = await effects(
    centre,
    saved.filter(({ mid }) => status.get(mid) === 'applied'),
    unheard,
  );
  for (const seen of wrong) say('the effect is there once', seen);
  try {
    centre.admin(['verify-audit']);
  } catch (error) {
    say('the chain verifies', String(error));
  }
  const told = new Set(work.flatMap((one) => [...one.told]));
  const refused = saved.filter(({ mid }) => (status.get(mid) ?? (told.has(mid) ? 'rejected' : '')) === 'rejected').length;
  return { saved: saved.length, lost: lost.length, doubled: twice.length + wrong.length, refused, flaws };
}

/** Facts are there once, under their own id; the record of a visit has each paragraph once, in order, and was changed as often. */
async function effects(centre: CentreProcess, applied: readonly Saved[], unheard: number): Promise<string[]> {
  const wrong: string[] = [];
  let more = 0;
  const visits = await centre.rows<{ readonly id: string; readonly note: string | null; readonly ver: string }>(
    'select id, note, ver from inspections',
  );
  const visitOf = new Map(visits.map((visit) => [visit.id, visit]));
  for (const { args } of applied.filter(({ name }) => name === 'inspections.begin')) {
    const visit = visitOf.get(String(args['id']));
    const added = applied.filter((one) => one.name === 'inspections.addNote' && one.args['id'] === args['id']);
    const wanted = added.map((one) => String(one.args['text']));
    const there = visit?.note?.split('\n') ?? [];
    const known = there.filter((text) => wanted.includes(text));
    more += there.length - known.length;
    if (!visit) wrong.push(`visit ${String(args['id'])} is not there`);
    else if (new Set(there).size < there.length) wrong.push(`visit ${visit.id} has a paragraph twice: ${visit.note}`);
    else if (known.join() !== wanted.join()) wrong.push(`visit ${visit.id} has the record ${visit.note}`);
    else if (Number(visit.ver) !== there.length + 1) wrong.push(`visit ${visit.id} was changed ${visit.ver} times`);
  }
  if (more > unheard) wrong.push(`${more} paragraphs nobody was told were saved`);
  for (const [table, name] of [
    ['problems', 'problems.file'],
    ['tasks', 'tasks.dispatch'],
    ['attachments', 'attachments.announce'],
  ]) {
    const ids = applied.filter((one) => one.name === name).map(({ args }) => args['id']);
    const [{ n } = { n: '0' }] = await centre.rows<{ n: string }>(`select count(*) as n from ${table} where id = any($1)`, [ids]);
    if (Number(n) !== ids.length) wrong.push(`${n} ${table} where ${ids.length} were filed`);
  }
  return [...wrong, ...(await missingBytes(centre))];
}

/** Every original is at the centre, byte for byte. */
async function missingBytes(centre: CentreProcess): Promise<string[]> {
  const named = await centre.rows<Named>('select sha256, state, "takenBy" from attachments');
  return named.flatMap(({ sha256, state, takenBy }) => {
    const path = centre.fileOf(sha256);
    const there = existsSync(path);
    if (state !== 'stored' || !there) return [`the original ${sha256} of ${takenBy} is ${state} and ${there ? '' : 'not '}there`];
    return createHash('sha256').update(readFileSync(path)).digest('hex') === sha256
      ? []
      : [`the original ${sha256} has other bytes`];
  });
}

/** Rows in which a copy and the centre differ. */
export async function differences(centre: CentreProcess, { who, streams, read }: Copy): Promise<readonly string[]> {
  const differ: string[] = [];
  for (const table of tableList) {
    const rows = await centre.rows<{ readonly row: AnyRow }>(`select to_jsonb(t) - 'ver' as row from "${table.name}" t`);
    const theirs = keyed(rows.map(({ row }) => row).filter((row) => streams.includes(table.streamOf(row))));
    const ours = keyed(await read(table.name));
    for (const key of new Set([...ours.keys(), ...theirs.keys()]))
      if (ours.get(key) !== theirs.get(key))
        differ.push(`${who} ${table.name} ${key}: here ${ours.get(key)}, centre ${theirs.get(key)}`);
  }
  return differ;
}

const keyed = (rows: readonly AnyRow[]): Map<string, string> =>
  new Map(rows.map((row) => [`${row.districtId}/${row.id}`, canonical(row)]));
