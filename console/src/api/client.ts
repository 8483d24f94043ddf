/** What the hub says when it does not do something. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  /** Which refusal it is, finer than the code. */
  readonly reason: string | undefined;
  readonly values: Readonly<Record<string, string | number>>;
  readonly field: string | undefined;
  readonly remedy: string | undefined;
  readonly steps: readonly string[];
  /** All that came with it, where the page knows more of it. */
  readonly answer: unknown;

  constructor(
    status: number,
    { code, message, reason, values = {}, field, remedy, steps = [] }: ProblemBody,
    answer?: unknown,
  ) {
    super(message);
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.reason = reason;
    this.values = values;
    this.field = field;
    this.remedy = remedy;
    this.steps = steps;
    this.answer = answer;
  }
}

type ProblemBody = {
  readonly code: string;
  readonly message: string;
  readonly reason?: string | undefined;
  readonly values?: Readonly<Record<string, string | number>>;
  readonly field?: string;
  readonly remedy?: string;
  readonly steps?: readonly string[];
};

/** `status` of a request that never reached the hub. */
export const UNREACHABLE = 0;

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Query = Readonly<Record<string, string | number | undefined>>;

interface Question {
  /** Fills `{tenant}` and the like. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Query;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/**
 * One request to the hub, with the session's cookie. @param path as in /openapi.json, below `/console/v1`
 * @throws Problem
 */
export async function ask<T>(
  method: Method,
  path: `/${string}`,
  { params, query, body, signal }: Question = {},
): Promise<T> {
  const response = await fetch(address(path, params, query), {
    method,
    credentials: 'same-origin',
    headers: { ...asked(), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  }).catch((error: unknown) => {
    if (signal?.aborted === true) throw error;
    throw new Problem(UNREACHABLE, { code: 'unreachable', message: String(error) });
  });
  const answer = (await response.json().catch(() => undefined)) as { error?: ProblemBody } | undefined;
  if (response.ok) return answer as T;
  throw new Problem(response.status, answer?.error ?? { code: 'unknown', message: response.statusText }, answer);
}

/**
 * Headers of a question. One that no click or key has led to in the last seconds is said to be the page's own: an open page that is read again and again
 * does not keep somebody signed in who has left.
 */
export function asked(): Record<string, string> {
  const isUnattended = 'userActivation' in navigator && !navigator.userActivation.isActive;
  return { accept: 'application/json', ...(isUnattended ? { 'x-unattended': '1' } : {}) };
}

export function address(path: string, params: Question['params'] = {}, query: Query = {}): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(params[name] ?? ''));
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return `/console/v1${filled}${search === '' ? '' : `?${search}`}`;
}
