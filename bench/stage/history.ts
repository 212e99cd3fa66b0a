/** A past several times as long: what is history in the demonstration city, again and again, each time further back. */
import { isCold, rowSchema } from '#shared/schema/table.ts';
import { districtStream } from '#shared/schema/stream.ts';
import { inspections } from '#shared/tables/inspections.ts';
import { problems } from '#shared/tables/problems.ts';
import { tasks } from '#shared/tables/tasks.ts';
import type { OpenCentre } from '../../server/open-centre.ts';
import { packAll } from '../../server/segments/pack.ts';
import { DAY_MS } from '../../server/seed/calendar.ts';
import { CHENGGUAN } from '../../server/seed/districts.ts';
import type { FeedLine } from '../../server/store/centre-store.ts';
import { applyAsSystem } from '../../server/sync/machine.ts';
import type { MachineCommand } from '../../server/sync/system-message.ts';

const TABLES = [tasks, inspections, problems] as const;
const REGISTRATION = { tasks: 'tasks.dispatch', inspections: 'inspections.record', problems: 'problems.record' } as const;
const DISTRICT = CHENGGUAN.code;
const PAGE = 5000;
/** Sixteen times lie within the two years that workstations keep. */
const FURTHER_BACK_MS = 20 * DAY_MS;

/** Every row of the district as the centre sends it. */
export const districtRows = ({ centre }: Pick<OpenCentre, 'centre'>): Promise<readonly FeedLine[]> =>
  centre.store.read(async (moment) => {
    const all: FeedLine[] = [];
    for (let more = true; more; ) {
      const page = await moment.feed(districtStream(DISTRICT), all.at(-1)?.seq ?? 0, PAGE);
      all.push(...page);
      more = page.length === PAGE;
    }
    return all;
  }, DISTRICT);

/** Makes the history of the district `times` as long as it is. */
export async function lengthen({ centre }: OpenCentre, times: number): Promise<void> {
  const now = centre.now();
  const lines = await districtRows({ centre });
  for (let once = 1; once < times; once++) {
    const odd = await applyAsSystem(
      centre,
      DISTRICT,
      lines.flatMap((line) => againEarlier(line, once, now)),
    );
    if (odd[0]) throw new Error(`${odd[0].command.name} was refused: ${odd[0].code}`);
  }
  await packAll(centre, now);
}

/** The mutation that brings the row once more, unless it is no history. */
function againEarlier({ kind, id, content }: FeedLine, once: number, now: number): MachineCommand[] {
  const table = TABLES.find((one) => one.kind === kind);
  if (!table?.cold || !content) return [];
  const row = rowSchema(table).parse({ ...(JSON.parse(content.json) as object), id, districtId: DISTRICT });
  if (!isCold(table, row, now)) return [];
  const { districtId: _district, ...args } = row;
  const at = Number(row[table.cold.at]) - once * FURTHER_BACK_MS;
  return [{ name: REGISTRATION[table.name], args: { ...args, id: `${id}~${once}`, [table.cold.at]: at }, at }];
}
