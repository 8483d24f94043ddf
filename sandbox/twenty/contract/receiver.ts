import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type WebhookBody = {
  targetUrl: string;
  eventName: string;
  objectMetadata: { id: string; nameSingular: string };
  workspaceId: string;
  webhookId: string;
  eventDate: string;
  record: { id: string; [field: string]: unknown };
  updatedFields?: string[];
  userId?: string;
  workspaceMemberId?: string;
};

export type Delivery = {
  method: string;
  path: string;
  headers: Record<string, string | undefined>;
  raw: Buffer;
  body: WebhookBody;
};

/** Takes webhooks on loopback. `/fail` answers 500, `/redirect` answers 307 to `/redirected`. */
export type Receiver = { url: string; deliveries: readonly Delivery[]; close(): Promise<void> };

export async function startReceiver(): Promise<Receiver> {
  const deliveries: Delivery[] = [];
  const server = createServer((request, response) => void receive(request, response, deliveries));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    deliveries,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function receive(request: IncomingMessage, response: ServerResponse, deliveries: Delivery[]): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  const path = request.url ?? '/';
  const headers = request.headers as Record<string, string | undefined>;
  deliveries.push({
    method: request.method ?? '',
    path,
    headers,
    raw,
    body: JSON.parse(raw.toString()) as WebhookBody,
  });
  if (path === '/fail') response.writeHead(500).end();
  else if (path === '/redirect') response.writeHead(307, { location: '/redirected' }).end();
  else response.writeHead(200).end();
}

/** HMAC-SHA256 over timestamp, colon and raw body, as hex ("Twenty 2.21, measured"). */
export function isSigned({ headers, raw }: Pick<Delivery, 'headers' | 'raw'>, secret: string): boolean {
  const timestamp = headers['x-twenty-webhook-timestamp'] ?? '';
  const expected = createHmac('sha256', secret).update(`${timestamp}:`).update(raw).digest();
  const given = Buffer.from(headers['x-twenty-webhook-signature'] ?? '', 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
