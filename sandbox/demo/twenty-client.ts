/** A plain client of Twenty's API, as any script of a customer would have one. */
export interface TwentyClient {
  /** Record operations. @throws Error with Twenty's message */
  readonly records: (query: string, variables?: object) => Promise<Record<string, unknown>>;
  /** Metadata, roles and applications. */
  readonly metadata: (query: string, variables?: object) => Promise<Record<string, unknown>>;
  /** A metadata mutation whose variable `file` is a file. */
  readonly upload: (query: string, variables: object, file: Blob) => Promise<Record<string, unknown>>;
}

/** @param token undefined: nobody, who can do nothing but sign in */
export function createTwentyClient(url: string, token: string | undefined): TwentyClient {
  const headers: Record<string, string> = {
    origin: new URL(url).origin,
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  const json = (path: string, query: string, variables: object = {}) =>
    post(`${url}${path}`, { ...headers, 'content-type': 'application/json' }, JSON.stringify({ query, variables }));
  return {
    records: (query, variables) => json('/graphql', query, variables),
    metadata: (query, variables) => json('/metadata', query, variables),
    upload: (query, variables, file) => post(`${url}/metadata`, headers, multipart(query, variables, file)),
  };
}

/** The multipart form of a GraphQL request: the operation, which variable the file is, the file. */
function multipart(query: string, variables: object, file: Blob): FormData {
  const form = new FormData();
  form.append('operations', JSON.stringify({ query, variables: { ...variables, file: null } }));
  form.append('map', JSON.stringify({ '0': ['variables.file'] }));
  form.append('0', file, 'file');
  return form;
}

interface Answer {
  readonly data?: Record<string, unknown>;
  readonly errors?: readonly { readonly message: string; readonly extensions?: object }[];
}

async function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string | FormData,
): Promise<Record<string, unknown>> {
  const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(30_000) });
  const { data, errors } = (await response.json()) as Answer;
  const first = errors?.[0];
  if (first !== undefined) throw new Error(`${first.message} ${JSON.stringify(first.extensions ?? {})}`);
  return data ?? {};
}
