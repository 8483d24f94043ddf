import { permissions } from '../roles/permissions.ts';
import type { Server } from '../server.ts';
import type { AuthContext, Model } from '../types.ts';
import type { Session } from './session.ts';

/** Starts a record operation. Throws INVALID_AUTH_CONTEXT for an application without a role. */
export async function openSession(server: Server, auth: AuthContext, model: Model): Promise<Session> {
  return { server, auth, model, permissions: await permissions(server, auth), db: server.store };
}
