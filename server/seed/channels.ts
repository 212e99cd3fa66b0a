import type { channels } from '#shared/tables/channels.ts';
import { DAY_MS, HOUR_MS } from './calendar.ts';
import type { Draft } from './command.ts';
import { cameraId } from './identifiers.ts';
import { type Random, randomOf } from './random.ts';
import type { SubjectKind } from './spread.ts';
import type { Subject } from './subjects.ts';

type Channel = Draft<typeof channels>;
type Zone = Channel['zone'];

/** Fewest and most cameras of a subject, and where they hang, in this order. */
const CAMERAS: Readonly<Record<SubjectKind, readonly [min: number, max: number, zones: readonly Zone[]]>> = {
  producer: [3, 6, ['workshop', 'storage', 'workshop', 'workshop', 'storage']],
  warehouse: [1, 4, ['storage', 'sales', 'storage', 'storage']],
  caterer: [1, 4, ['cooking', 'washing', 'rough', 'cold']],
  canteen: [3, 7, ['cooking', 'washing', 'rough', 'cold', 'storage', 'cooking', 'washing']],
  careTable: [1, 2, ['cooking', 'washing']],
};

const ZONE_NAMES: Readonly<Record<Zone, string>> = {
  rough: '粗加工间',
  cooking: '烹饪间',
  washing: '洗消间',
  cold: '专间',
  sales: '经营区',
  storage: '库房',
  workshop: '生产车间',
};

const INDUSTRY: Readonly<Record<SubjectKind, '11' | '42' | '45'>> = {
  producer: '42',
  warehouse: '45',
  caterer: '45',
  canteen: '11',
  careTable: '45',
};

const STATES = { online: 935, offline: 57, fault: 8 } as const;

/** Last picture of a camera, ms: within the last half hour of the day before, or days ago. */
const lastSeen = (state: Channel['state'], base: number, random: Random): number =>
  base - (state === 'online' ? random.int(0, HOUR_MS / 2) : random.int(2 * HOUR_MS, 20 * DAY_MS));

/** Numbers the cameras of one district: `next` gives each its own serial. */
export function* channelsOf({ row }: Subject, district: string, base: number, next: () => number): Generator<Channel> {
  if (row.kind === 'careTable' && !row.brightKitchen) return;
  const random = randomOf(`channels ${row.id}`);
  const [min, max, zones] = CAMERAS[row.kind];
  const count = random.int(min, max);
  for (let i = 0; i < count; i++) {
    const gbId = cameraId(district, INDUSTRY[row.kind], next());
    const zone = zones[i % zones.length] as Zone;
    const state = random.weighted(STATES);
    yield {
      id: `ch-${gbId}`,
      subjectId: row.id,
      gbId,
      gbCheck: 'none',
      name: `${ZONE_NAMES[zone]}${i + 1}`,
      zone,
      state,
      lastSeenAt: lastSeen(state, base, random),
      isPublic: zone === 'cooking' || zone === 'workshop',
    };
  }
}
