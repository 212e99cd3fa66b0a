import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import type { LeaseClaims, SignInAnswer } from '#shared/protocol/messages.ts';
import type { Database } from '../store/pg/pool.ts';

export interface LeaseSigner {
  readonly publicKey: SignInAnswer['leaseKey'];
  sign(claims: LeaseClaims): Promise<string>;
}

/** The key pair of this centre; made once, kept in the database, so that every process signs alike. */
export async function leaseSigner(database: Database): Promise<LeaseSigner> {
  const jwk = await keyOf(database);
  const key = await importJWK(jwk, 'EdDSA');
  const { x = '' } = jwk;
  return {
    publicKey: { kty: 'OKP', crv: 'Ed25519', x },
    sign: ({ ...claims }) => new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', typ: 'JWT' }).sign(key),
  };
}

async function keyOf(database: Database): Promise<JWK> {
  const made = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const jwk = JSON.stringify(await exportJWK(made.privateKey));
  await database.sql.query('insert into lease_key (jwk) values ($1) on conflict do nothing', [jwk]);
  const { rows } = await database.sql.query('select jwk from lease_key');
  const [kept] = rows as readonly { readonly jwk: JWK }[];
  if (!kept) throw new Error('the centre has no lease key');
  return kept.jwk;
}
