/** A plain client of Twenty's API, as any script of a customer would have one. */
export interface TwentyClient {
  /** Record operations. @throws Error with Twenty's message */
  readonly records: (query: string, variables?: object) => Promise<Record<string, unknown>>;
  /** Metadata, roles and applications. */
  readonly metadata: (query: string, variables?: object) => Promise<Record<string, unknown>>;
}

export function createTwentyClient(url: string, token: string): TwentyClient {
  return {
    records: (query, variables) => post(`${url}/graphql`, token, query, variables),
    metadata: (query, variables) => post(`${url}/metadata`, token, query, variables),
  };
}

interface Answer {
  readonly data?: Record<string, unknown>;
  readonly errors?: readonly { readonly message: string; readonly extensions?: object }[];
}

async function post(
  url: string,
  token: string,
  query: string,
  variables: object = {},
): Promise<Record<string, unknown>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(30_000),
  });
  const { data, errors } = (await response.json()) as Answer;
  const first = errors?.[0];
  if (first !== undefined) throw new Error(`${first.message} ${JSON.stringify(first.extensions ?? {})}`);
  return data ?? {};
}
