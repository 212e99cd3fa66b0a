/** gzip with the browser's own means. */
import { Fault } from '#shared/errors.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Unpacked; the greatest page or segment of ours is a tenth of it. */
const MOST_BYTES = 64 * 1024 * 1024;

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

export const gzip = async (bytes: Bytes): Promise<Bytes> =>
  new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer());

/** `truncatedStream` when it is no whole gzip; `notOurServer` when it unpacks to more than anything of ours. */
export async function gunzip(bytes: Bytes): Promise<Bytes> {
  const chunks: Bytes[] = [];
  let length = 0;
  try {
    for await (const chunk of new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))) {
      length += chunk.length;
      if (length > MOST_BYTES) throw new Fault('notOurServer', 'packed rows of this size are not ours', { limit: MOST_BYTES });
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault('truncatedStream', 'the packed rows cannot be unpacked', { bytes: bytes.length });
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
