import type { AnyRow } from '#shared/schema/table.ts';

/** What the attachments of the copy say of one file. */
export interface Named {
  readonly district: string;
  readonly mime: string;
  readonly thumbnail: boolean;
  /** `announced`: at least one attachment waits for the bytes. */
  readonly state: 'announced' | 'stored';
  readonly sizeBytes: number | null;
  readonly caption: string;
  readonly ownerTable: string;
  readonly ownerId: string;
}

/** Hash → what it is. Bytes that are an original and a thumbnail at once count as an original. */
export function namedFiles(attachments: readonly AnyRow[]): ReadonlyMap<string, Named> {
  const named = new Map<string, Named>();
  const name = (sha256: unknown, said: Named): void => {
    if (typeof sha256 !== 'string') return;
    const before = named.get(sha256);
    if (before && before.thumbnail === said.thumbnail && before.state === 'announced') return;
    if (before && !before.thumbnail && said.thumbnail) return;
    named.set(sha256, said);
  };
  for (const row of attachments) {
    const state = row['state'] === 'stored' ? 'stored' : 'announced';
    const about = {
      district: row.districtId,
      state,
      caption: textIn(row, 'caption'),
      ownerTable: textIn(row, 'ownerTable'),
      ownerId: textIn(row, 'ownerId'),
    } as const;
    name(row['sha256'], { ...about, thumbnail: false, mime: textIn(row, 'mime'), sizeBytes: Number(row['sizeBytes']) });
    name(row['thumbSha256'], { ...about, thumbnail: true, mime: 'image/jpeg', sizeBytes: null });
  }
  return named;
}

function textIn(row: AnyRow, column: string): string {
  const value = row[column];
  return typeof value === 'string' ? value : '';
}
