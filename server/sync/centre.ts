import type { LeaseClaims } from '#shared/protocol/messages.ts';
import type { Programs } from '../identity/program-age.ts';
import type { Workstations } from '../identity/workstations.ts';
import type { SegmentFiles } from '../segments/segment-files.ts';
import type { CentreStore } from '../store/centre-store.ts';

/** What the protocol functions need of the world: they read no clock, draw no number and know no transport. */
export interface Centre {
  readonly store: CentreStore;
  readonly segments: SegmentFiles;
  /** Clock of the centre, ms. */
  readonly now: () => number;
  /** 8 random bytes. */
  readonly mark: () => Uint8Array;
  readonly workstations: Workstations;
  readonly programs: Programs;
  /** Compact JWS over the claims. */
  readonly signLease: (claims: LeaseClaims) => Promise<string>;
  /** Told after a commit: stream → its new head. */
  readonly committed: (heads: ReadonlyMap<string, number>) => void;
  /** Told of what should not happen; `about` holds no personal data. */
  readonly defect: (error: unknown, about: Readonly<Record<string, unknown>>) => void;
}

/** Who asks: an officer signed in on one workstation. */
export interface Session {
  readonly officerId: string;
  /** Home district of the officer. */
  readonly districtId: string;
  readonly device: string;
}
