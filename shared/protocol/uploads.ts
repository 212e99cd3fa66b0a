/**
 * A file on its way up: tus 1.0.0 with creation, checksum, expiration and termination, all under `/sync/v1/uploads`.
 *
 *     POST   /uploads                      upload-length, upload-metadata (sha256, district) → where it stands, location
 *     HEAD   /uploads/<district>/<sha256>  → where it stands
 *     PATCH  /uploads/<district>/<sha256>  upload-offset, upload-checksum, the part           → where it stands now
 *     DELETE /uploads/<district>/<sha256>  an unfinished file is given up
 *
 * Invariants
 * 1. The address follows from district and hash, whose upload it is from the session: the same officer on the same workstation goes
 *    on where the file stands, and nobody else can spoil it.
 * 2. Only the header `x-sync-stored`, with the hash the centre computed over the whole, says that it has the file. An offset that
 *    equals the length says only that all parts arrived; a PATCH with an empty part asks for the decision.
 */
export const TUS_VERSION = '1.0.0';
export const TUS_EXTENSIONS = 'creation,checksum,expiration,termination';

export const UPLOAD_HEADERS = {
  version: 'tus-resumable',
  length: 'upload-length',
  metadata: 'upload-metadata',
  offset: 'upload-offset',
  checksum: 'upload-checksum',
  expires: 'upload-expires',
  /** SHA-256 the centre computed over the whole file that it has. */
  stored: 'x-sync-stored',
} as const;

export const PART_TYPE = 'application/offset+octet-stream';
