import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTwenty, type CreatedWorkspace, type Twenty } from '@switchboard/sandbox/twenty';
import { freshDatabase } from '@switchboard/testing';

export const admin = { email: 'ada@example.com', password: 'correct horse', firstName: 'Ada', lastName: 'Admin' };

export type Reply = {
  data?: Record<string, unknown> | null;
  errors?: { message: string; extensions: Record<string, unknown> }[];
};

/** A running stand-in with one workspace, whose clock can be moved and which can be restarted. */
export type World = {
  twenty: () => Twenty;
  workspace: CreatedWorkspace;
  /** Moves the server's clock forward. */
  wait(milliseconds: number): void;
  restart(): Promise<void>;
  metadata(query: string, variables?: Record<string, unknown>, token?: string): Promise<Reply>;
  records(query: string, token?: string): Promise<Reply>;
  close(): Promise<void>;
};

export async function openWorld(): Promise<World> {
  const database = await freshDatabase();
  const filesDir = await mkdtemp(join(tmpdir(), 'twenty-files-'));
  let waited = 0;
  const start = () =>
    startTwenty({
      databaseUrl: database.url,
      filesDir,
      limits: 'off',
      clock: () => new Date(Date.now() + waited),
    });
  let twenty = await start();
  const workspace = await twenty.createWorkspace({ name: 'Acme', subdomain: 'acme', admin });
  const post = async (path: string, body: object, token: string | undefined): Promise<Reply> => {
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const headers = { 'content-type': 'application/json', ...authorization };
    const response = await fetch(twenty.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return (await response.json()) as Reply;
  };
  return {
    twenty: () => twenty,
    workspace,
    wait: (milliseconds) => {
      waited += milliseconds;
    },
    restart: async () => {
      await twenty.close();
      twenty = await start();
    },
    metadata: (query, variables = {}, token = workspace.apiKey) => post('/metadata', { query, variables }, token),
    records: (query, token = workspace.apiKey) => post('/graphql', { query }, token),
    close: async () => {
      await twenty.close();
      await database.close();
      await rm(filesDir, { recursive: true });
    },
  };
}

/** What a successful answer has under its only root field. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the test names the shape of the answer it asked for
export function valueOf<T>(reply: Reply): T {
  const [value] = Object.values(reply.data ?? {});
  if (reply.errors !== undefined || value === undefined) throw new Error(JSON.stringify(reply.errors));
  return value as T;
}

export type Tokens = {
  accessOrWorkspaceAgnosticToken: { token: string };
  refreshToken: { token: string };
};

/** Both steps of the password login. */
export async function signIn(world: World, person: { email: string; password: string }): Promise<Tokens> {
  const { tokens } = valueOf<{ tokens: Tokens }>(await secondStep(world, await loginTokenOf(world, person)));
  return tokens;
}

export async function loginTokenOf(world: World, person: { email: string; password: string }): Promise<string> {
  const reply = await world.metadata(
    `mutation($e: String!, $p: String!, $o: String!) {
      getLoginTokenFromCredentials(email: $e, password: $p, origin: $o) { loginToken { token } }
    }`,
    { e: person.email, p: person.password, o: world.twenty().url },
  );
  return valueOf<{ loginToken: { token: string } }>(reply).loginToken.token;
}

export function secondStep(world: World, loginToken: string): Promise<Reply> {
  return world.metadata(
    `mutation($l: String!, $o: String!) {
      getAuthTokensFromLoginToken(loginToken: $l, origin: $o) {
        tokens { accessOrWorkspaceAgnosticToken { token } refreshToken { token } }
      }
    }`,
    { l: loginToken, o: world.twenty().url },
  );
}
