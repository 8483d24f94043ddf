import { RefusedError, UpstreamError } from '@switchboard/core/contract';
import Socket from 'ws';
import { z } from 'zod';
import { NotPermittedError } from './errors.ts';
import type { Session } from './session.ts';

/** 3CX's Call Control: what the telephones do now, and what they are told to do. */
export type CallControl = {
  /** Every DN that the client may see, with who rings or talks there. */
  readonly snapshot: (signal: AbortSignal) => Promise<readonly WatchedDn[]>;
  /** @returns undefined when the call is over */
  readonly participant: (dn: string, id: number, signal: AbortSignal) => Promise<unknown>;
  /** Ids of the telephones registered at a DN. */
  readonly devices: (dn: string, signal: AbortSignal) => Promise<readonly string[]>;
  /** The agent's telephone rings first, then 3CX dials. @returns the participant of the agent */
  readonly makeCall: (
    from: Origin,
    order: { destination: string; timeout: number },
    signal: AbortSignal,
  ) => Promise<unknown>;
  /** @throws RefusedError when the call does not allow it now */
  readonly act: (at: { dn: string; id: number }, action: Action, body: object, signal: AbortSignal) => Promise<void>;
  /** Opens the stream of frames. @throws UpstreamError */
  readonly open: (signal: AbortSignal) => Promise<FrameStream>;
};

export type Origin = { readonly dn: string; readonly deviceId?: string };
export type Action = 'drop' | 'divert' | 'transferto';

export type WatchedDn = z.output<typeof watchedDn>;

export type Frame = z.output<typeof frame>;

export type FrameStream = {
  readonly frames: AsyncIterable<Frame>;
  readonly close: () => void;
};

const registered = z.object({ device_id: z.string() });

const watchedDn = z.object({
  dn: z.string(),
  type: z
    .string()
    .nullish()
    .transform((type) => type ?? ''),
  participants: z
    .array(z.unknown())
    .nullish()
    .transform((participants) => participants ?? []),
});

const frame = z.object({
  sequence: z.number().int(),
  event: z.object({ event_type: z.number().int(), entity: z.string() }),
});

/** A link on which nothing is heard for so long after a ping is dead, whatever TCP believes. */
const PING_MS = 10_000;
const HANDSHAKE_MS = 10_000;
/** Frames wait here while the state is read; more than that is a flood. */
const MOST_WAITING = 10_000;

export function createCallControl(session: Session): CallControl {
  const get = async (path: string, signal: AbortSignal) => {
    const answer = await session.request(`/callcontrol${path}`, { signal, accept: [404] });
    return answer.status === 404 ? undefined : answer.json();
  };
  const post = async (path: string, body: object, signal: AbortSignal) => {
    const answer = await session.request(`/callcontrol${path}`, { method: 'POST', body, signal, accept: [404, 422] });
    if (answer.status === 404) throw new RefusedError('The call is over, or the extension is not known to 3CX');
    if (answer.status === 422) throw new RefusedError('3CX cannot do that with this call now');
    return answer;
  };

  return {
    snapshot: async (signal) => z.array(watchedDn).parse(await get('', signal)),
    participant: async (dn, id, signal) => await get(`/${encodeURIComponent(dn)}/participants/${id}`, signal),
    async devices(dn, signal) {
      const answer = await get(`/${encodeURIComponent(dn)}/devices`, signal);
      return registered
        .array()
        .parse(answer ?? [])
        .map(({ device_id }) => device_id);
    },
    async makeCall({ dn, deviceId }, order, signal) {
      const device = deviceId === undefined ? '' : `/devices/${encodeURIComponent(deviceId)}`;
      return (await post(`/${encodeURIComponent(dn)}${device}/makecall`, order, signal)).json();
    },
    async act({ dn, id }, action, body, signal) {
      await post(`/${encodeURIComponent(dn)}/participants/${id}/${action}`, body, signal);
    },
    open: async (signal) => await openStream(session, signal),
  };
}

/** A reconnect uses the token that there is; only when 3CX refuses it in the handshake another is made. */
async function openStream(session: Session, signal: AbortSignal): Promise<FrameStream> {
  const token = await session.token();
  const first = await connect(session.url, token, signal);
  if (first !== 401) return toStream(first, signal);
  const second = await connect(session.url, await session.token(token), signal);
  if (second !== 401) return toStream(second, signal);
  throw new UpstreamError('3CX refuses a new token for the live link');
}

async function connect(url: string, token: string, signal: AbortSignal): Promise<Socket | 401> {
  signal.throwIfAborted();
  const address = new URL('/callcontrol/ws', url);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new Socket(address, {
    headers: { authorization: `Bearer ${token}` },
    handshakeTimeout: HANDSHAKE_MS,
    maxPayload: 1024 * 1024,
  });
  return await new Promise((resolve, reject) => {
    const stop = (): void => socket.terminate();
    signal.addEventListener('abort', stop, { once: true });
    socket.once('open', () => resolve(socket));
    socket.once('unexpected-response', (_request, response) => {
      response.resume();
      socket.terminate();
      if (response.statusCode === 401) resolve(401);
      else if (response.statusCode === 403) reject(new NotPermittedError('/callcontrol/ws'));
      else reject(new UpstreamError(`3CX answered ${response.statusCode} to the live link`));
    });
    socket.on('error', (cause) => reject(new UpstreamError('The live link to 3CX broke', { cause })));
    socket.once('close', () => signal.removeEventListener('abort', stop));
  });
}

function toStream(socket: Socket, signal: AbortSignal): FrameStream {
  const waiting: Frame[] = [];
  let isOpen = socket.readyState === Socket.OPEN;
  let wake = (): void => {};
  let isHeard = true;

  const pulse = setInterval(() => {
    if (!isHeard) socket.terminate();
    isHeard = false;
    socket.ping();
  }, PING_MS);
  socket.on('pong', () => (isHeard = true));
  socket.on('message', (data) => {
    isHeard = true;
    const read = readFrame((data as Buffer).toString());
    if (read !== undefined) waiting.push(read);
    if (waiting.length > MOST_WAITING) socket.terminate();
    wake();
  });
  socket.once('close', () => {
    clearInterval(pulse);
    isOpen = false;
    wake();
  });

  async function* frames(): AsyncGenerator<Frame> {
    for (;;) {
      signal.throwIfAborted();
      const next = waiting.shift();
      if (next !== undefined) yield next;
      else if (isOpen) await new Promise<void>((resolve) => (wake = resolve));
      else return;
    }
  }

  return { frames: frames(), close: () => socket.terminate() };
}

/** Some builds are said to send the inner event in PascalCase and without its wrapping; both are understood. */
function readFrame(text: string): Frame | undefined {
  try {
    const json = lowerCased(JSON.parse(text)) as { event?: unknown; sequence?: unknown };
    return frame.safeParse(json.event === undefined ? { sequence: json.sequence, event: json } : json).data;
  } catch {
    return undefined;
  }
}

const names: Readonly<Record<string, string>> = {
  Sequence: 'sequence',
  Event: 'event',
  EventType: 'event_type',
  Entity: 'entity',
};

function lowerCased(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [names[name] ?? name, lowerCased(inner)]));
}
