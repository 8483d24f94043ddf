import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { startThreecx, type Threecx, type ThreecxOptions } from '../index.ts';

/** A client of the vendor's APIs, as a hub is one: it knows nothing of the stand-in but its address and two keys. */

export type Answer = { readonly status: number; readonly body: unknown; readonly headers: Headers };
export type Frame = {
  readonly sequence: number;
  readonly event: { readonly event_type: number; readonly entity: string; readonly attached_data: unknown };
};

export async function openPbx(options: ThreecxOptions = {}) {
  const pbx = await startThreecx({ ...options, settings: { speed: 50, recordingAfter: 0, ...options.settings } });
  const live = await login(pbx, 'crmlive');
  const sync = await login(pbx, 'crmsync');
  return {
    pbx,
    live,
    sync,
    /** The Configuration API, below `/xapi/v1`. */
    xapi: async (path: string, init?: Init) => await ask(`${pbx.url}/xapi/v1${path}`, sync, init),
    /** Call Control, below `/callcontrol`. */
    control: async (path: string, init?: Init) => await ask(`${pbx.url}/callcontrol${path}`, live, init),
    rows: async (more: { hidePcalls?: boolean; query?: string } = {}) => {
      const log = await ask(`${pbx.url}/xapi/v1${callLog(more)}`, sync);
      return (log.body as { value: Row[] }).value.toSorted((one, other) => rank(one) - rank(other));
    },
  };
}

export type Row = Readonly<Record<string, unknown>> & { readonly CallId: number; readonly SegmentId: number };

function rank({ CallId, SegmentId }: Row): number {
  return CallId * 1000 + SegmentId;
}

export type Init = { readonly method?: string; readonly body?: unknown; readonly headers?: Record<string, string> };

export async function ask(
  url: string,
  token: string | undefined,
  { method, body, headers }: Init = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return {
    status: response.status,
    headers: response.headers,
    body: isJson ? (JSON.parse(bytes.toString()) as unknown) : bytes,
  };
}

export function keyOf(pbx: Threecx, clientId: string): string {
  const principal = pbx.principals.all().find((one) => one.clientId === clientId);
  if (principal === undefined) throw new Error(`there is no client ${clientId}`);
  return principal.secret;
}

export async function requestToken(pbx: Threecx, fields: Record<string, string>, multipart = false) {
  const body = multipart ? new FormData() : new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  const response = await fetch(`${pbx.url}/connect/token`, { method: 'POST', body });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

export async function login(pbx: Threecx, clientId: string, multipart = false): Promise<string> {
  const fields = { client_id: clientId, client_secret: keyOf(pbx, clientId), grant_type: 'client_credentials' };
  const { body } = await requestToken(pbx, fields, multipart);
  return String(body['access_token']);
}

export function callLog({ hidePcalls = false, query = '$top=1000&$skip=0' } = {}): string {
  const period = 'periodFrom=2026-01-01T00:00:00Z,periodTo=2100-01-01T00:00:00Z';
  const filters = "sourceType=0,sourceFilter='',destinationType=0,destinationFilter='',callsType=0";
  const times = "callTimeFilterType=0,callTimeFilterFrom='0:00:0',callTimeFilterTo='0:00:0'";
  return `/ReportCallLogData/Pbx.GetCallLogData(${period},${filters},${times},hidePcalls=${hidePcalls})?${query}`;
}

/** An open WebSocket with what came over it. */
export async function openSocket(pbx: Threecx, token: string) {
  const socket = new WebSocket(`${pbx.url.replace('http', 'ws')}/callcontrol/ws`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const frames: Frame[] = [];
  socket.on('message', (data: Buffer) => frames.push(JSON.parse(data.toString()) as Frame));
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await new Promise<void>((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('unexpected-response', (_request, response) => reject(new Error(`HTTP ${response.statusCode}`)));
    socket.on('error', reject);
  });
  return { socket, frames, closed };
}

/** Waits for a condition; what it waited for is in the message when it never came. */
export async function until<T>(
  what: string,
  holds: () => T | Promise<T>,
  patienceMs = 10_000,
): Promise<NonNullable<T>> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const value = await holds();
    if (value !== undefined && value !== null && value !== false) return value;
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await delay(5);
  }
}
