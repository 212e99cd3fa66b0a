import type { Host } from '#shared/host/contract.ts';
import type { HostConfig } from '../config.ts';
import { blobs } from './blobs.ts';
import { diagnostics } from './diagnostics.ts';
import { freeSpace } from './free-space.ts';
import { identity } from './identity.ts';
import type { Journal } from './journal.ts';
import { marker } from './marker.ts';
import { updates } from './updates.ts';

/** What makes up a host on one data folder. */
export interface Home {
  readonly dataDir: string;
  readonly config: HostConfig;
  readonly journal: Journal;
  readonly appVersion: string;
  /** Instant, ms. */
  readonly startedAt: number;
}

type Local = Pick<Host, 'app' | 'journal' | 'marker' | 'updates' | 'diagnostics'> & {
  readonly files: Omit<Host['files'], 'save'>;
};

/** The part of the host that is the same in both shells: plain files of this computer. */
export function localCapabilities(home: Home, shell: 'electron' | 'browser'): Local {
  const { dataDir, config, journal, appVersion, startedAt } = home;
  return {
    app: identity(dataDir, config),
    files: { ...blobs(dataDir), freeSpace: () => freeSpace(dataDir) },
    journal: journal.calls,
    marker: marker(dataDir),
    updates: updates(config.updateUrl, appVersion),
    diagnostics: diagnostics(dataDir, { shell, app: appVersion, centreUrl: config.centreUrl, hostStartedAt: startedAt }),
  };
}
