import { readdirSync, readFileSync } from 'node:fs';

const TICK_MS = 10;

/** CPU time of every process whose command line names the profile, ms: the whole browser, whichever process did the work. */
export function browserCpuMs(profile: string): number {
  let ticks = 0;
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(profile)) continue;
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      ticks += Number(fields[11]) + Number(fields[12]);
    } catch {
      // The process ended between listing and reading; what it used is no longer to be had.
    }
  }
  return ticks * TICK_MS;
}
