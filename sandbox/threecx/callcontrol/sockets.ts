import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { Guard } from '../access/guard.ts';
import type { Principal } from '../access/principals.ts';
import type { Tokens } from '../access/tokens.ts';
import type { Exchange, LegChange } from '../calls/exchange.ts';
import type { Disturbance } from '../disturbance.ts';
import { sees } from './routes.ts';

/** The WebSocket of Call Control: tells which entity changed, never how. Nothing is kept for those who are not there. */
export type Sockets = {
  /** How many are open. */
  readonly count: () => number;
  /** Cuts them without a word, as a network does. */
  readonly drop: () => number;
};

type Parts = {
  readonly server: Server;
  readonly guard: Guard;
  readonly tokens: Tokens;
  readonly exchange: Exchange;
  readonly disturbance: Disturbance;
  /** Whether the PBX can be reached at all. */
  readonly isUp: () => boolean;
  /** Answers what a client asks over its socket. */
  readonly ask: (token: string, path: string) => Promise<{ status: number; body: unknown }>;
};

type Client = { readonly socket: WebSocket; readonly token: string; readonly principal: Principal; sequence: number };

const UPSERT = 0;
const REMOVE = 1;
const RESPONSE = 4;

export function openSockets({ server, guard, tokens, exchange, disturbance, isUp, ask }: Parts): Sockets {
  const acceptor = new WebSocketServer({ noServer: true, maxPayload: 100_000 });
  const clients = new Set<Client>();

  function send(client: Client, event: object): void {
    client.sequence += 1;
    const frame = JSON.stringify({ sequence: client.sequence, event });
    disturbance.pass(() => client.socket.send(frame));
  }

  function tell({ kind, leg }: LegChange): void {
    const entity = `/callcontrol/${leg.dn}/participants/${leg.id}`;
    const event = { event_type: kind === 'upsert' ? UPSERT : REMOVE, entity, attached_data: null };
    for (const client of clients) if (sees(client.principal, leg.dn)) send(client, event);
  }

  exchange.onChange((change) => {
    tell(change);
    // 3CX tells the same state again when a device or a party reports for itself.
    if (change.kind === 'upsert') setImmediate(() => change.leg.endedAt === null && tell(change));
  });

  tokens.onDeath((token) => {
    for (const client of clients) if (client.token === token) client.socket.terminate();
  });

  server.on('upgrade', (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    const access = guard.callControl(request);
    const token = guard.tokenOf(request);
    if (!isUp()) return void connection.destroy();
    if (!/^\/callcontrol\/ws\/?(\?|$)/.test(request.url ?? '')) return refuse(connection, 404);
    if ('refused' in access || token === undefined)
      return refuse(connection, 'refused' in access ? access.refused : 401);
    acceptor.handleUpgrade(request, connection, head, (socket) => {
      const client: Client = { socket, token, principal: access.principal, sequence: 0 };
      clients.add(client);
      socket.on('close', () => clients.delete(client));
      // A connection that breaks ends with `close` as well.
      socket.on('error', () => {});
      socket.on('message', (data) => void answer(client, data));
    });
  });

  async function answer(client: Client, data: RawData): Promise<void> {
    const asked = readRequest(data);
    if (asked === undefined) return;
    const { status, body } = await ask(client.token, asked.Path);
    const attached_data = { RequestID: asked.RequestID, Path: asked.Path, StatusCode: status, Response: body };
    send(client, { event_type: RESPONSE, entity: '', attached_data });
  }

  return {
    count: () => clients.size,
    drop() {
      const open = [...clients];
      for (const { socket } of open) socket.terminate();
      return open.length;
    },
  };
}

function readRequest(data: RawData): { RequestID: string; Path: string } | undefined {
  try {
    const { RequestID, Path } = JSON.parse(textOf(data)) as Record<string, unknown>;
    return typeof Path === 'string' ? { RequestID: String(RequestID), Path } : undefined;
  } catch {
    return undefined;
  }
}

function textOf(data: RawData): string {
  return (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer)).toString();
}

function refuse(connection: Duplex, status: 401 | 403 | 404): void {
  const names = { 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found' };
  connection.end(`HTTP/1.1 ${status} ${names[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
