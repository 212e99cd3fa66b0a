import { getHost } from '../../renderer/host/index.ts';
import { keep } from '../../renderer/identity/vault.ts';
import type { Figures } from '../cell.ts';
import { timed } from './measure.ts';

/** What the password's key costs, which is slow on purpose: each guess of a thief costs as much. */
export async function vault(): Promise<Figures> {
  const host = await getHost();
  const fresh = { officerId: 'o-bench', token: '', lease: '', leaseKey: { kty: 'OKP', crv: 'Ed25519', x: '' } } as const;
  const signIn = () => keep(host, 'bench', 'secret-secret', Date.now(), fresh);
  await signIn();
  return { vault: await timed(signIn) };
}
