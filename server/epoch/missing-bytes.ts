import { districtOfStream } from '#shared/schema/stream.ts';
import type { FileStore } from '../files/file-store.ts';
import type { Database } from '../store/pg/pool.ts';
import type { Centre } from '../sync/centre.ts';
import { applyAsSystem } from '../sync/machine.ts';

const STORED = `select id, sha256 from attachments where "districtId" = $1 and state = 'stored' order by id`;

interface Place {
  readonly centre: Centre;
  readonly database: Database;
  readonly files: FileStore;
}

/** Says of every attachment whose bytes are not here that they are awaited, so that the workstation which has them sends them again. */
export async function announceMissing({ centre, database, files }: Place): Promise<void> {
  const streams = await centre.store.read((moment) => moment.heads(), '');
  for (const stream of [...streams.keys()].filter((one) => one.startsWith('d:'))) {
    const district = districtOfStream(stream, '');
    const { rows } = await database.sql.query(STORED, [district]);
    const missing: string[] = [];
    for (const { id, sha256 } of rows as readonly { readonly id: string; readonly sha256: string }[])
      if ((await files.size(sha256)) === undefined) missing.push(id);
    const at = centre.now();
    await applyAsSystem(
      centre,
      district,
      missing.map((id) => ({ name: 'attachments.missBytes', args: { id }, at })),
    );
  }
}
