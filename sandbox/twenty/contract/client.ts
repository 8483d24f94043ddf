import { setTimeout as sleep } from 'node:timers/promises';

export type Failure = {
  message: string;
  path?: unknown;
  locations?: unknown;
  extensions?: { code?: string; subCode?: string; [key: string]: unknown };
};

export type Reply = {
  status: number;
  headers: Headers;
  text: string;
  /** The parsed body when it is JSON, otherwise undefined. */
  body: unknown;
  /** `data` and `errors` of a GraphQL answer. */
  data: Record<string, unknown> | null | undefined;
  errors: Failure[];
};

export type RequestOptions = { method?: string; headers?: Record<string, string>; body?: BodyInit };

/** One caller of a Twenty server: its origin and its token. */
export type Client = {
  url: string;
  token: string | undefined;
  send(path: string, options?: RequestOptions): Promise<Reply>;
  graphql(query: string, variables?: Record<string, unknown>, operationName?: string): Promise<Reply>;
  metadata(query: string, variables?: Record<string, unknown>): Promise<Reply>;
  rest(method: string, path: string, body?: unknown): Promise<Reply>;
};

export type ClientOptions = {
  url: string;
  token?: string;
  origin?: string;
  /** Wait and repeat when Twenty refuses by its rate limit of API keys, for tests that are about something else. */
  patient?: boolean;
};

const refillPauseMs = 3000;
const requestTimeoutMs = 60_000;

export function createClient({ url, token, origin, patient = false }: ClientOptions): Client {
  const identity = { ...(token && { authorization: `Bearer ${token}` }), ...(origin && { origin }) };

  async function sendOnce(path: string, { method = 'GET', headers = {}, body }: RequestOptions): Promise<Reply> {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { ...identity, ...headers },
      body: body ?? null,
      signal: AbortSignal.timeout(requestTimeoutMs),
    });
    return readReply(response);
  }

  async function send(path: string, options: RequestOptions = {}): Promise<Reply> {
    for (;;) {
      const reply = await sendOnce(path, options);
      if (!patient || !isRateLimited(reply)) return reply;
      await sleep(refillPauseMs);
    }
  }

  const postJson = (path: string, body: unknown) =>
    send(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

  return {
    url,
    token,
    send,
    graphql: (query, variables, operationName) => postJson('/graphql', { query, variables, operationName }),
    metadata: (query, variables) => postJson('/metadata', { query, variables }),
    rest: (method, path, body) =>
      send(`/rest${path}`, {
        method,
        ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      }),
  };
}

/** GraphQL answers 200 with a sub code, REST answers 429 (Twenty 2.21, measured). */
export function isRateLimited(reply: Reply): boolean {
  return reply.status === 429 || reply.errors.some((error) => error.extensions?.subCode === 'LIMIT_REACHED');
}

async function readReply(response: Response): Promise<Reply> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  const body: unknown = isJson && text ? JSON.parse(text) : undefined;
  const { data, errors = [] } = (body ?? {}) as Partial<Pick<Reply, 'data' | 'errors'>>;
  return {
    status: response.status,
    headers: response.headers,
    text,
    body,
    data,
    errors: Array.isArray(errors) ? errors : [],
  };
}
