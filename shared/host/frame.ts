import { Fault } from '../errors.ts';

/**
 * A value with bytes in it as one body: `length of json (4 bytes, big endian) | json | bytes of part 0 | bytes of part 1 …`.
 * In the json a part stands as `{"$bytes": [offset, length]}`, so evidence crosses without base64.
 * The text codec is handed in because this folder knows neither browser nor Node.
 */
export interface TextCodec {
  encode(text: string): Uint8Array;
  /** Throws on bytes that are not UTF-8. */
  decode(bytes: Uint8Array): string;
}

const MARK = '$bytes';
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

export function packFrame(value: unknown, codec: TextCodec): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const json = codec.encode(
    JSON.stringify(value, (_key, item: unknown) => {
      if (!(item instanceof Uint8Array)) return item;
      parts.push(item);
      length += item.byteLength;
      return { [MARK]: [length - item.byteLength, item.byteLength] };
    }),
  );
  const frame = new Uint8Array(4 + json.byteLength + length);
  new DataView(frame.buffer).setUint32(0, json.byteLength);
  frame.set(json, 4);
  let at = 4 + json.byteLength;
  for (const part of parts) {
    frame.set(part, at);
    at += part.byteLength;
  }
  return frame;
}

/** Throws `badMessage` on a frame that does not hold together, `forbiddenKey` on a key that could reach a prototype. */
export function openFrame(frame: Uint8Array, codec: TextCodec): unknown {
  if (frame.byteLength < 4) throw new Fault('badMessage', 'the frame is too short');
  const jsonLength = new DataView(frame.buffer, frame.byteOffset, frame.byteLength).getUint32(0);
  if (4 + jsonLength > frame.byteLength) throw new Fault('badMessage', 'the frame is cut off');
  const parts = frame.subarray(4 + jsonLength);
  try {
    const text = codec.decode(frame.subarray(4, 4 + jsonLength));
    return JSON.parse(text, (key, item: unknown) => {
      if (FORBIDDEN.has(key)) throw new Fault('forbiddenKey', 'this key may not cross');
      return isMark(item) ? slice(parts, item[MARK]) : item;
    });
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault('badMessage', 'the frame holds no JSON');
  }
}

const isMark = (item: unknown): item is { readonly [MARK]: unknown } => typeof item === 'object' && item !== null && MARK in item;

function slice(parts: Uint8Array, range: unknown): Uint8Array {
  const [offset, length] = Array.isArray(range) ? (range as readonly unknown[]) : [];
  if (!isCount(offset) || !isCount(length) || offset + length > parts.byteLength) {
    throw new Fault('badMessage', 'the frame points outside itself');
  }
  return parts.slice(offset, offset + length);
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
