import { LIMITS } from '#shared/protocol/messages.ts';

const LONGEST_PX = 320;
const QUALITIES = [0.8, 0.6, 0.4, 0.2];

/** Size of the small picture: the longest side 320 at most, nothing made larger. */
export function smallSize({ width, height }: { readonly width: number; readonly height: number }): {
  readonly width: number;
  readonly height: number;
} {
  const scale = Math.min(1, LONGEST_PX / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/**
 * A JPEG of at most 40 KB that travels before the original, upright as the camera was held. Null for what is no picture, is one the
 * browser cannot read, or is small enough itself. Whatever the file says besides its picture, such as a place, stays behind.
 */
export async function thumbnailOf(bytes: Uint8Array<ArrayBuffer>, mime: string): Promise<Uint8Array<ArrayBuffer> | null> {
  if (!mime.startsWith('image/') || bytes.length <= LIMITS.thumbnailBytes) return null;
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(new Blob([bytes], { type: mime }), { imageOrientation: 'from-image' });
  } catch {
    return null; // HEIC, or a damaged picture: the original alone goes, and the centre looks at what it is
  }
  const { width, height } = smallSize(picture);
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas here');
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, width, height);
  picture.close();
  for (const quality of QUALITIES) {
    const small = await canvas.convertToBlob({ type: 'image/jpeg', quality });
    if (small.size <= LIMITS.thumbnailBytes) return new Uint8Array(await small.arrayBuffer());
  }
  return null;
}
