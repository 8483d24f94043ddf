import { GraphqlError } from '../errors.ts';
import type { RequestContext } from '../server.ts';
import type { AuthContext } from '../types.ts';

/** The caller, or the error Twenty gives for a missing or bad token on /metadata. */
export function requireAuth(context: RequestContext): AuthContext {
  if (context.authError !== undefined) throw context.authError;
  if (context.auth === undefined) {
    throw new GraphqlError('Forbidden resource', 'FORBIDDEN', { subCode: 'FORBIDDEN_EXCEPTION' });
  }
  return context.auth;
}
