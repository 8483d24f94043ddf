import type { Server } from '../server.ts';

/**
 * The workspace a page of this origin belongs to: the one of its subdomain. On the bare server host, which has no
 * subdomain, it is the oldest workspace the person is a member of, or else the oldest of all.
 */
export async function workspaceOfOrigin(server: Server, origin: string, email?: string): Promise<string | undefined> {
  const subdomain = URL.parse(origin)?.hostname.split('.')[0] ?? '';
  const named = await first(server, 'select id from workspace where subdomain = $1', [subdomain]);
  if (named !== undefined) return named;
  return (email === undefined ? undefined : await ofPerson(server, email)) ?? oldest(server);
}

function ofPerson(server: Server, email: string): Promise<string | undefined> {
  return first(
    server,
    `select workspace.id from workspace join membership on workspace_id = workspace.id
       join account on account.id = account_id where email = $1 order by workspace.created_at limit 1`,
    [email.toLowerCase()],
  );
}

function oldest(server: Server): Promise<string | undefined> {
  return first(server, 'select id from workspace order by created_at limit 1', []);
}

async function first(server: Server, sql: string, values: unknown[]): Promise<string | undefined> {
  const { rows } = await server.store.query<{ id: string }>(sql, values);
  return rows[0]?.id;
}
