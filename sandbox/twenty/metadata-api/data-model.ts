import { requireAuth } from '../auth/require.ts';
import { permissionDenied } from '../auth/errors.ts';
import { permissions } from '../roles/permissions.ts';
import type { RequestContext } from '../server.ts';
import type { AuthContext } from '../types.ts';

/** The caller; a change of objects or fields needs the permission DATA_MODEL. */
export async function demandDataModel(context: RequestContext, isChange: boolean): Promise<AuthContext> {
  const auth = requireAuth(context);
  if (!isChange) return auth;
  if (!(await permissions(context.server, auth)).has('DATA_MODEL')) throw permissionDenied();
  return auth;
}
