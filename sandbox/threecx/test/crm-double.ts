import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type Received = {
  readonly path: string;
  readonly query: string;
  readonly token: string | undefined;
  readonly body: string;
};

/** The other end of the wire: notes what the PBX sends and answers what the test says. */
export async function crmDouble(answer: (path: string) => { status?: number; body: unknown }) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const [path = '', query = ''] = (request.url ?? '').split('?');
      received.push({
        path,
        query,
        token: request.headers['x-token'] as string | undefined,
        body: Buffer.concat(chunks).toString(),
      });
      const { status = 200, body } = answer(path);
      response
        .writeHead(status, { 'content-type': 'application/json', location: '/elsewhere' })
        .end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    posts: () =>
      received.filter(({ path }) => path === '/done').map(({ body }) => JSON.parse(body) as Record<string, string>),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
