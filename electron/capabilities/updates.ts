import type { Host } from '#shared/host/contract.ts';

const MAX_BYTES = 64 * 1024;

/**
 * Asks the bureau's own update folder for `latest.yml`, only when one is configured: no other address is ever called.
 * It announces; installing stays with the administrator. A folder that cannot be read counts as nothing new.
 */
export function updates(updateUrl: string | undefined, current: string): Host['updates'] {
  return {
    async check() {
      if (updateUrl === undefined) return { state: 'unsupported' };
      const version = await latestVersion(new URL('latest.yml', updateUrl.endsWith('/') ? updateUrl : `${updateUrl}/`));
      return version !== undefined && isNewer(version, current) ? { state: 'available', version } : { state: 'none' };
    },
  };
}

async function latestVersion(address: URL): Promise<string | undefined> {
  try {
    const answer = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(5000), cache: 'no-store' });
    if (!answer.ok || Number(answer.headers.get('content-length') ?? 0) > MAX_BYTES) return undefined;
    const text = (await answer.text()).slice(0, MAX_BYTES);
    return /^version:\s*['"]?(\d{1,6}\.\d{1,6}\.\d{1,6})['"]?\s*$/m.exec(text)?.[1];
  } catch {
    return undefined; // offline is the ordinary state of a workstation, not an error
  }
}

/** Versions are three numbers; a version that is not (a development build) is never called older. */
function isNewer(offered: string, current: string): boolean {
  const theirs = offered.split('.').map(Number);
  const ours = current.split('.').map(Number);
  for (const [place, number] of theirs.entries()) {
    const own = ours[place];
    if (own === undefined || Number.isNaN(own)) return false;
    if (number !== own) return number > own;
  }
  return false;
}
