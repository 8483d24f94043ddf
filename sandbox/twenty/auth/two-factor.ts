import { randomUUID } from 'node:crypto';
import { GraphqlError } from '../errors.ts';
import type { Server } from '../server.ts';
import type { Queryable } from '../store.ts';
import type { Workspace } from '../types.ts';
import { newTotpSecret, totpMatches, totpUri } from './totp.ts';

export type TwoFactorMethod = { id: string; status: 'PENDING' | 'VERIFIED'; secret: string };

export async function findTwoFactorMethod(db: Queryable, membershipId: string): Promise<TwoFactorMethod | undefined> {
  const { rows } = await db.query<TwoFactorMethod>(
    'select id, status, secret from two_factor_method where membership_id = $1',
    [membershipId],
  );
  return rows[0];
}

/** Starts enrolment, or starts it again: the new secret replaces one that was never confirmed. Answers the otpauth URI. */
export async function provisionTwoFactor(
  server: Server,
  member: { userWorkspaceId: string; email: string },
  workspace: Workspace,
): Promise<string> {
  const secret = newTotpSecret();
  const { rowCount } = await server.store.query(
    `insert into two_factor_method (id, membership_id, secret, status) values ($1, $2, $3, 'PENDING')
     on conflict (membership_id) do update set secret = excluded.secret where two_factor_method.status = 'PENDING'`,
    [randomUUID(), member.userWorkspaceId, secret],
  );
  if (rowCount === 0) {
    throw new GraphqlError('A two factor authentication method has already been set.', 'BAD_USER_INPUT', {
      subCode: 'TWO_FACTOR_AUTHENTICATION_METHOD_ALREADY_PROVISIONED',
      userFriendlyMessage: 'Two-factor authentication is already set up.',
    });
  }
  return totpUri(secret, workspace.displayName, member.email);
}

/** Checks a code; a good one confirms a pending method. */
export async function verifyOtp(server: Server, membershipId: string, otp: string): Promise<void> {
  const method = await findTwoFactorMethod(server.store, membershipId);
  if (method === undefined || !(await totpMatches(otp, method.secret, server.clock()))) throw invalidOtp();
  await server.store.query("update two_factor_method set status = 'VERIFIED' where id = $1", [method.id]);
}

export async function deleteTwoFactor(server: Server, membershipId: string, methodId: string): Promise<void> {
  const { rowCount } = await server.store.query('delete from two_factor_method where id = $1 and membership_id = $2', [
    methodId,
    membershipId,
  ]);
  if (rowCount === 0) {
    throw new GraphqlError('Two-factor authentication method not found', 'BAD_USER_INPUT', {
      subCode: 'INVALID_INPUT',
      userFriendlyMessage: 'Invalid input provided.',
    });
  }
}

/** A wrong code is answered as an internal error (Twenty 2.21, measured). */
function invalidOtp(): GraphqlError {
  return new GraphqlError('Invalid OTP', 'INTERNAL_SERVER_ERROR', {
    userFriendlyMessage: 'Invalid verification code.',
  });
}
