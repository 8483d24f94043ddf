import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** What a server answers: to a path, or to a metadata operation by its name. */
export type Answers = Readonly<Record<string, unknown>>;

export interface TwentyServer {
  readonly url: string;
  /** Names of the operations that were asked for, in order. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** Answers of Twenty 2.21 as measured, for a workspace with nothing of ours in it. */
export const HEALTHY: Answers = {
  '/client-config': { appVersion: '2.21.0' },
  Workspace: { data: { currentWorkspace: { id: 'w1', displayName: 'Example' }, objects: { edges: [] } } },
  Applications: { data: { findManyApplications: [] } },
  SyncApplication: { data: { syncApplication: { applicationUniversalIdentifier: 'a', actions: [] } } },
};

/** An HTTP server that answers as told; a text is sent as a page. */
export async function startServer(answers: Answers): Promise<TwentyServer> {
  const asked: string[] = [];
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const name = await nameOf(request);
    asked.push(name);
    const answer = answers[name];
    const page = typeof answer === 'string';
    response.setHeader('content-type', page ? 'text/html' : 'application/json');
    response.end(page ? answer : JSON.stringify(answer ?? { errors: [{ message: `Unexpected ${name}` }] }));
  };
  const server = createServer((request, response) => void respond(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function nameOf(request: IncomingMessage): Promise<string> {
  if (request.method === 'GET') return request.url ?? '';
  const { query } = (await json(request)) as { query: string };
  return /(?:query|mutation) (\w+)/.exec(query)?.[1] ?? '';
}
