import { randomUUID } from 'node:crypto';
import { mutationOfName } from '#shared/tables/index.ts';
import type { Command, Outcome } from '#shared/protocol/messages.ts';
import { push } from '../../server/sync/push.ts';
import type { Centre, Session } from '../../server/sync/centre.ts';

let count = 0;

/** A mutation of `session` as a workstation would send it. */
export const commandOf = (
  session: Session,
  name: string,
  args: Readonly<Record<string, unknown>>,
  over: Partial<Command> = {},
): Command => ({
  mid: randomUUID(),
  n: ++count,
  name,
  v: mutationOfName.get(name)?.mutation.v ?? 1,
  district: session.districtId,
  actor: session.officerId,
  at: 1_700_000_000_000,
  offsetMs: 0,
  after: null,
  args: { ...args },
  ...over,
});

/** Pushes and collects the outcomes. */
export async function pushAll(centre: Centre, session: Session, commands: readonly unknown[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const body = JSON.stringify({ device: session.device, epoch: centre.store.epoch, commands });
  await push(centre, session, body, (outcome) => outcomes.push(outcome));
  return outcomes;
}

/** Arguments of a subject in good order. */
export const subjectArgs = (id: string, over: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  id,
  name: `演示食堂 ${id}`,
  kind: 'caterer',
  uscc: null,
  usccCheck: 'none',
  regionId: '620102001001',
  gridId: 'grid',
  stationId: 'station',
  address: '演示路 1 号',
  lng: 103.84,
  lat: 36.06,
  crs: 'cgcs2000',
  contactName: '演示',
  contactPhone: '',
  riskLevel: 'A',
  stewardLevel: null,
  creditClass: null,
  diners: 12,
  areaM2: 80.5,
  brightKitchen: true,
  demo: true,
  state: 'active',
  ...over,
});

/** Arguments of a task that has been handed out. */
export const taskArgs = (id: string, subjectId: string): Record<string, unknown> => ({
  id,
  kind: 'routine',
  title: '日常检查',
  subjectId,
  gridId: 'grid',
  templateId: null,
  assigneeIds: [],
  dueAt: 1_900_000_000_000,
  dispatchedAt: 1_700_000_000_000,
  note: null,
  cancelReason: null,
  state: 'dispatched',
});

/** Arguments of a checklist with a single item. */
export const templateArgs = (id: string): Record<string, unknown> => ({
  id,
  code: 'CY',
  version: 1,
  title: '餐饮',
  domain: 'catering',
  effectiveFrom: '2026-01-01',
  maxGeneralFails: 1,
  items: [{ no: 1, category: '许可', text: '证照有效', key: true }],
});

/** Arguments of a photograph of subject `s0` by o-wang. */
export const attachmentArgs = (id: string, sha256: string, state = 'announced'): Record<string, unknown> => ({
  id,
  ownerTable: 'subjects',
  ownerId: 's0',
  sha256,
  thumbSha256: null,
  sizeBytes: 1,
  mime: 'image/jpeg',
  caption: '',
  takenAt: 1,
  takenBy: 'o-wang',
  state,
});
