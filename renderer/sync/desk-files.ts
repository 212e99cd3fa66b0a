/** Photographs and other evidence of the officer at the desk: taken in, sent, and looked at again. */
import { fitsMediaType } from '#shared/domain/media-type.ts';
import { Fault } from '#shared/errors.ts';
import type { Host } from '#shared/host/contract.ts';
import type { BytesSeal } from '../store/bytes-seal.ts';
import { sha256Of } from '../store/hex.ts';
import type { Centre } from './centre.ts';
import type { KeptFile } from './engine-api.ts';
import { evidence } from './evidence.ts';
import { type FileList, heldInMemory } from './file-list.ts';
import { sendingFiles } from './files.ts';
import { namedFiles } from './named-files.ts';
import type { CacheStore, Clock, Journal } from './ports.ts';
import { thumbnailOf } from './thumbnail.ts';

interface Desk {
  readonly host: Pick<Host, 'files'>;
  readonly outbox: FileList;
  readonly journal: Journal;
  readonly cache: Pick<CacheStore, 'all'>;
  readonly clock: Clock;
  readonly seal: BytesSeal;
  readonly sealLine: (text: string) => string;
  readonly originalsWait: () => boolean;
  readonly changed: () => void;
}

export async function deskFiles({ host, outbox, journal, cache, clock, seal, sealLine, originalsWait, changed }: Desk) {
  const list = await heldInMemory(outbox);
  const kept = evidence({ files: host.files, outbox: list, journal, clock, seal, sealLine });
  const attachments = () => cache.all('attachments');
  const bytesOf = (sha256: string) => kept.find(sha256);
  const sending = sendingFiles({ list, bytesOf, attachments, originalsWait, clock, changed });

  return {
    ...sending,
    list,
    /** Keeps an original and its thumbnail; neither leaves before an attachment names it. */
    async add(bytes: Uint8Array<ArrayBuffer>, mime: string): Promise<KeptFile> {
      if (!fitsMediaType(mime, bytes)) throw new Fault('wrongContent', 'not what its type says', { types: [mime] });
      const original = await kept.add(bytes, mime);
      const small = await thumbnailOf(bytes, mime);
      return { ...original, thumbSha256: small && (await kept.add(small, 'image/jpeg')).sha256 };
    },
    /** From this workstation, else from the centre if there is one and an attachment of the copy names the bytes. */
    async get(sha256: string, centre: Pick<Centre, 'getFile'> | null, mayKeep: boolean): Promise<Uint8Array | null> {
      const local = await kept.find(sha256);
      const named = namedFiles(await attachments()).get(sha256);
      if (local !== null || !named || !centre) return local;
      const bytes = await fromCentre(centre, sha256, named.district, named.sizeBytes);
      if (bytes === null) return null;
      sending.cameFromCentre(sha256);
      if (mayKeep) await kept.remember(bytes, named.mime);
      return bytes;
    },
  };
}

/** Null while the centre does not have them. */
async function fromCentre(
  centre: Pick<Centre, 'getFile'>,
  sha256: string,
  district: string,
  sizeBytes: number | null,
): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const bytes = (await centre.getFile(sha256, district, sizeBytes)).slice();
    if ((await sha256Of(bytes)) !== sha256) throw new Fault('notOurServer', 'a file with another hash', { sha256 });
    return bytes;
  } catch (error) {
    if (error instanceof Fault && error.kind === 'notFound') return null;
    throw error;
  }
}
