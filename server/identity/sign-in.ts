import { Fault } from '#shared/errors.ts';
import { type SignInAnswer, signInRequest } from '#shared/protocol/messages.ts';
import type { Database } from '../store/pg/pool.ts';
import { activeOfficer, streamsOf } from '../sync/actor.ts';
import type { Centre } from '../sync/centre.ts';
import { leaseFor } from '../sync/hello.ts';
import { readRequest } from '../sync/request.ts';
import { findAccount } from './accounts.ts';
import type { Attempts } from './attempts.ts';
import type { LeaseSigner } from './lease.ts';
import { forgetFailures, mustNotBeLocked, noteFailure } from './lockout.ts';
import { passwordFits } from './passwords.ts';
import { openSession } from './sessions.ts';

export interface Door {
  readonly centre: Centre;
  readonly database: Database;
  readonly leases: LeaseSigner;
  readonly perAddress: Attempts;
  readonly perAccount: Attempts;
}

/**
 * Opens a session. Whether the account is unknown or the password wrong cannot be told apart, neither by the words nor by
 * the time it takes, nor by what happens after five failures.
 */
export async function signIn(door: Door, address: string, body: string): Promise<SignInAnswer> {
  const { centre, database, leases } = door;
  const { account, password, device, deviceName } = readRequest(signInRequest, body);
  const now = centre.now();
  door.perAddress.take(address, now);
  door.perAccount.take(account, now);
  await mustNotBeLocked(database.sql, account, now);
  const found = await findAccount(database.sql, account);
  if (!(await passwordFits(found?.passwordHash, password)) || !found) {
    await noteFailure(database.sql, account, now);
    throw new Fault('wrongPassword', 'account or password is wrong');
  }
  await forgetFailures(database.sql, account);
  const session = { officerId: found.officerId, districtId: found.districtId, device };
  const claims = await centre.store.read(async (snapshot) => {
    const officer = await activeOfficer(snapshot, session);
    if (!officer) throw new Fault('notPermitted', 'the officer has left', { what: 'signIn' });
    return leaseFor(officer, await streamsOf(snapshot, session, now), device, now);
  }, session.districtId);
  return {
    token: await openSession(database.sql, session, deviceName, now),
    epoch: centre.store.epoch,
    now,
    lease: await leases.sign(claims),
    leaseKey: leases.publicKey,
  };
}
