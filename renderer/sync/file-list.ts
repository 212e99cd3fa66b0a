import type { FileRow, OutboxStore } from './ports.ts';

export type FileList = Pick<OutboxStore, 'files' | 'putFile'>;

/** The list of files, read once and then held in memory: nobody else writes it while the officer is here. */
export async function heldInMemory(outbox: FileList): Promise<FileList> {
  const rows = new Map((await outbox.files()).map((row): [string, FileRow] => [row.blob, row]));
  return {
    files: async () => [...rows.values()],
    async putFile(row) {
      await outbox.putFile(row);
      rows.set(row.blob, row);
    },
  };
}
