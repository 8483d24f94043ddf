import { DeployError } from './errors.ts';

/** Access to one workspace over Twenty's metadata and record API. */
export interface WorkspaceApi {
  readonly url: string;
  /** `POST /metadata`. Throws `DeployError` for a refused key, a missing permission, an unreachable server. */
  metadata<T>(query: string, variables?: Record<string, unknown>): Promise<T>;
  /** A metadata mutation whose variable `file` is a file. */
  upload(query: string, variables: Record<string, unknown>, file: Blob): Promise<void>;
  /** `POST /graphql`, with the same errors. */
  records<T>(query: string): Promise<T>;
  /** `GET` of a JSON document; nothing when the server answers anything else, as it does with its own pages. */
  json(path: string): Promise<unknown>;
}

type GraphqlError = { readonly message: string; readonly extensions?: Record<string, unknown> };
type GraphqlAnswer = { readonly data?: unknown; readonly errors?: readonly GraphqlError[] };

export type ApiAccess = { readonly url: string; readonly apiKey: string; readonly signal?: AbortSignal };

/** A dry run of the whole manifest takes a server seconds, a busy one a minute. */
const TIMEOUT_MS = 120_000;

/** The origin of whatever address was pasted. Throws `DeployError` when it is none. */
function serverUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && (url.protocol === 'http:' || url.protocol === 'https:')) return url.origin;
  throw new DeployError(
    'usage',
    `"${text}" is not a web address.`,
    'Give the address of Twenty, for example --url https://crm.example.com',
  );
}

export function connectWorkspace(access: ApiAccess): WorkspaceApi {
  const url = serverUrl(access.url);
  const post = async <T>(path: string, body: string | FormData): Promise<T> => {
    const response = await request(access, url + path, body);
    const answer = (await jsonOf(response)) as GraphqlAnswer | undefined;
    if (answer === undefined) throw notTwenty(url, response.status);
    const [error] = answer.errors ?? [];
    if (error !== undefined) throw refusal(error);
    return answer.data as T;
  };
  return {
    url,
    metadata: (query, variables) => post('/metadata', JSON.stringify({ query, variables })),
    upload: async (query, variables, file) => void (await post('/metadata', multipart(query, variables, file))),
    records: (query) => post('/graphql', JSON.stringify({ query })),
    json: async (path) => jsonOf(await request(access, url + path)),
  };
}

/** The multipart form of a GraphQL request: the operation, which variable the file is, the file. */
function multipart(query: string, variables: Record<string, unknown>, file: Blob): FormData {
  const form = new FormData();
  form.append('operations', JSON.stringify({ query, variables: { ...variables, file: null } }));
  form.append('map', JSON.stringify({ '0': ['variables.file'] }));
  form.append('0', file, 'file');
  return form;
}

async function request(access: ApiAccess, url: string, body?: string | FormData): Promise<Response> {
  const deadline = AbortSignal.timeout(TIMEOUT_MS);
  const signal = access.signal === undefined ? deadline : AbortSignal.any([access.signal, deadline]);
  const headers = {
    authorization: `Bearer ${access.apiKey}`,
    ...(typeof body === 'string' ? { 'content-type': 'application/json' } : {}),
  };
  try {
    // A redirect would turn a POST into a GET, and carry the key to an address that nobody gave.
    return await fetch(url, {
      signal,
      redirect: 'error',
      ...(body === undefined ? {} : { method: 'POST', headers, body }),
    });
  } catch (error) {
    access.signal?.throwIfAborted();
    throw unreachable(new URL(url).origin, error);
  }
}

async function jsonOf(response: Response): Promise<unknown> {
  const text = await response.text();
  if (!(response.headers.get('content-type') ?? '').includes('json')) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function unreachable(origin: string, error: unknown): DeployError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new DeployError(
    'unreachable',
    `Nobody answers at ${origin}: ${reason}`,
    'Check the address, that Twenty runs, and that this machine may reach it.',
  );
}

const notTwenty = (origin: string, status: number): DeployError =>
  new DeployError(
    'not-twenty',
    `${origin} answers (HTTP ${status}), but not as Twenty does.`,
    'Give the address under which Twenty itself is opened in the browser.',
  );

/** Twenty says "no permission" with different codes, some of them INTERNAL_SERVER_ERROR (2.21, measured): the words decide. */
function refusal(error: GraphqlError): Error {
  const code = error.extensions?.['code'];
  if (code === 'UNAUTHENTICATED' || error.message.includes('revoked')) {
    return new DeployError(
      'key',
      `Twenty refuses the API key: ${error.message}`,
      'Make a new key in Twenty under Settings, API & Webhooks, with the role Admin.',
    );
  }
  if (code === 'FORBIDDEN' || error.message.includes('does not have permission')) {
    return new DeployError(
      'permission',
      'The role of this API key may not manage applications.',
      'Give the key the role Admin, or a role that may change "Applications" and upload files.',
    );
  }
  return new MetadataError(error.message, error.extensions ?? {});
}

/** An error answer that is neither about the key nor about permissions. */
export class MetadataError extends DeployError {
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(message: string, extensions: Readonly<Record<string, unknown>>) {
    super('server', `Twenty refuses: ${message}`, "Look into the server's log; nothing was changed.");
    this.name = 'MetadataError';
    this.extensions = extensions;
  }
}
