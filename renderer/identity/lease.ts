import { Fault } from '#shared/errors.ts';
import { type LeaseClaims, leaseClaims } from '#shared/protocol/messages.ts';

/** Public half of the key that signs leases (Ed25519, RFC 8037). */
export interface LeaseKey {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
}

const bytesOf = (part: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));

/** What the centre signed for this workstation; `notOurServer` when the signature, the shape or the workstation is another. */
export async function readLease(lease: string, key: LeaseKey, device: string): Promise<LeaseClaims> {
  const [head = '', body = '', signature = ''] = lease.split('.');
  const { kty, crv, x } = key;
  const publicKey = await crypto.subtle.importKey('jwk', { kty, crv, x }, 'Ed25519', false, ['verify']);
  const signed = new TextEncoder().encode(`${head}.${body}`);
  const fits = await crypto.subtle.verify('Ed25519', publicKey, bytesOf(signature), signed);
  const claims = fits ? leaseClaims.safeParse(JSON.parse(new TextDecoder().decode(bytesOf(body)))) : undefined;
  if (!claims?.success || claims.data.device !== device) throw new Fault('notOurServer', 'the lease is not from our centre');
  return claims.data;
}
