import { sql } from 'kysely';
import type { Executor } from '../store/database.ts';
import type { Deed } from './deeds.ts';
import { hashOf } from './token.ts';

/** A sign-in that is under way at Twenty. Each tab has its own. */
export interface Flow {
  readonly tenantId: string;
  /** Path of the console. */
  readonly returnTo: string;
  /** With the session that asked for it: what is done with the fresh token instead of signing in. */
  readonly task: { readonly sessionId: string; readonly deed: Deed } | undefined;
}

/** Twice as long as Twenty's codes live (2.21, read): a person looks for a telephone with an authenticator first. */
export const flowMinutes = 10;

export async function storeFlow(db: Executor, state: string, { tenantId, returnTo, task }: Flow): Promise<void> {
  await sql`
    insert into auth_flow (state_hash, tenant_id, return_to, session_id, deed, expires_at)
    values (${hashOf(state)}, ${tenantId}, ${returnTo}, ${task?.sessionId ?? null},
      ${task === undefined ? null : JSON.stringify(task.deed)}::jsonb, now() + ${flowMinutes} * interval '1 minute')
  `.execute(db);
}

type Row = {
  readonly tenant_id: string;
  readonly return_to: string;
  readonly session_id: string | null;
  readonly deed: Deed | null;
};

/** Each flow is taken once. @returns undefined for one that was taken already, is too old, or never began */
export async function takeFlow(db: Executor, state: string): Promise<Flow | undefined> {
  const { rows } = await sql<Row>`
    delete from auth_flow where state_hash = ${hashOf(state)} and expires_at > now()
    returning tenant_id, return_to, session_id, deed
  `.execute(db);
  const [row] = rows;
  if (row === undefined) return undefined;
  const { session_id: sessionId, deed } = row;
  const task = sessionId === null || deed === null ? undefined : { sessionId, deed };
  return { tenantId: row.tenant_id, returnTo: row.return_to, task };
}
