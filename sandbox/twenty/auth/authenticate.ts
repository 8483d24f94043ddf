import type { Server } from '../server.ts';
import type { AuthContext } from '../types.ts';
import { GraphqlError } from '../errors.ts';

/** The bearer token as a context; undefined without a token; GraphqlError UNAUTHENTICATED or FORBIDDEN for a bad one. */
export async function authenticate(
  server: Server,
  authorization: string | undefined,
): Promise<AuthContext | undefined> {
  const token = authorization?.match(/^Bearer (.+)$/)?.[1];
  if (token === undefined) return undefined;
  const { rows } = await server.store.query<{ workspace_id: string; id: string; name: string; role_id: string }>(
    'select * from api_key where id::text = $1',
    [token],
  );
  const key = rows[0];
  if (key === undefined) {
    throw new GraphqlError('Token invalid.', 'UNAUTHENTICATED', {
      subCode: 'UNAUTHENTICATED',
      userFriendlyMessage: 'You must be authenticated to perform this action.',
    });
  }
  return { kind: 'apiKey', workspaceId: key.workspace_id, apiKeyId: key.id, actorName: key.name, isAdmin: true };
}
