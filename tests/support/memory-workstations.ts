import type { Workstations } from '../../server/identity/workstations.ts';

/** Workstations as plain data; `lost` are those that are to be wiped. */
export interface MemoryWorkstations extends Workstations {
  readonly lost: Set<string>;
  readonly wiped: Set<string>;
}

export function memoryWorkstations(): MemoryWorkstations {
  const [lost, wiped] = [new Set<string>(), new Set<string>()];
  return {
    lost,
    wiped,
    async greet({ device }, greeting) {
      if (greeting.wiped) wiped.add(device);
      return { wipe: lost.has(device) && !wiped.has(device) };
    },
  };
}
