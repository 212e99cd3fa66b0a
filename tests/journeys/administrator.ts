import { randomUUID } from 'node:crypto';
import { outcome, PROTOCOL_VERSION, signInAnswer } from '#shared/protocol/messages.ts';
import { PASSWORD } from './stage.ts';

const DISTRICT = '620102';

export interface Administrator {
  /** Ends a grant at once. */
  withdraw(grantId: string): Promise<void>;
  /** Closes the account of an officer who has left. */
  dismiss(officerId: string): Promise<void>;
}

/** The administrator of the district bureau, who speaks to the centre as any workstation does. */
export async function administrator(centreUrl: string): Promise<Administrator> {
  const device = randomUUID();
  const headers = { 'x-sync-protocol': String(PROTOCOL_VERSION) };
  const post = async (path: string, body: unknown, token = ''): Promise<string> => {
    const sent = { method: 'POST', headers: { ...headers, authorization: `Bearer ${token}` }, body: JSON.stringify(body) };
    const answer = await fetch(`${centreUrl}${path}`, sent);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path} was refused: ${text}`);
    return text;
  };
  const door = { account: 'chengguan-admin', password: PASSWORD, device, deviceName: '区县局' };
  const { token, epoch } = signInAnswer.parse(JSON.parse(await post('/auth/v1/sign-in', door)));
  let n = 0;

  async function act(name: string, args: Readonly<Record<string, unknown>>): Promise<void> {
    n += 1;
    const command = {
      mid: randomUUID(),
      n,
      name,
      v: 1,
      district: DISTRICT,
      actor: 'o-chengguan-admin',
      at: Date.now(),
      offsetMs: 0,
      after: null,
      args,
    };
    const said = await post('/sync/v1/push', { device, epoch, cursors: [], commands: [command] }, token);
    const { status, code } = outcome.parse(JSON.parse(said.split('\n')[0] ?? ''));
    if (status !== 'applied') throw new Error(`${name} was ${status}: ${code}`);
  }

  return {
    withdraw: (id) => act('grants.withdraw', { id, until: Date.now() }),
    dismiss: (id) => act('officers.edit', { id, changes: { state: { from: 'active', to: 'left' } } }),
  };
}
