import { Fault } from '#shared/errors.ts';
import type { Centre } from './centre.ts';
import { type Address, begin, sendPart, standing } from './uploads.ts';

/** Small enough that a cut costs little and that one sees it go on; the centre takes up to 1 MiB. */
const PART_BYTES = 256 * 1024;

/**
 * Sends one file part by part and goes on where the centre says it stands. After a part that failed it asks once; a second
 * failure at the same place is the line's and is thrown. Answers true only when the centre has proven the hash of the whole,
 * false when `mayGoOn` said to stop.
 */
export async function uploadFile(
  centre: Pick<Centre, 'upload'>,
  file: Address,
  bytes: Uint8Array<ArrayBuffer>,
  progress: (offset: number) => void,
  mayGoOn: () => Promise<boolean>,
): Promise<boolean> {
  let { offset, stored } = await begin(centre, file, bytes.length);
  let failedAt = -1;
  while (!stored) {
    progress(offset);
    if (!(await mayGoOn())) return false;
    try {
      ({ offset, stored } = await sendPart(centre, file, bytes.length, offset, bytes.slice(offset, offset + PART_BYTES)));
    } catch (error) {
      if (!(error instanceof Fault && error.retryable) || failedAt === offset) throw error;
      failedAt = offset;
      ({ offset, stored } = await whereItStands(centre, file, bytes.length));
    }
  }
  return true;
}

async function whereItStands(centre: Pick<Centre, 'upload'>, file: Address, length: number) {
  try {
    return await standing(centre, file, length);
  } catch (error) {
    if (error instanceof Fault && error.kind === 'uploadGone') return begin(centre, file, length);
    throw error;
  }
}
