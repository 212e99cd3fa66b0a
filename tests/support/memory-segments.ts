import type { SegmentFiles } from '../../server/segments/segment-files.ts';

/** Segments in a map, for a centre in memory. */
export function memorySegments(): SegmentFiles {
  const files = new Map<string, Uint8Array>();
  return {
    has: async (sha256) => files.has(sha256),
    read: async (sha256) => files.get(sha256),
    put: async (sha256, bytes) => void files.set(sha256, bytes),
    async keepOnly(wanted) {
      for (const sha256 of files.keys()) if (!wanted.has(sha256)) files.delete(sha256);
    },
  };
}
