import { HUB_ADDRESS } from './hub-address.ts';

/** Why there is nothing to show. */
export type PanelProblem = 'unreachable' | 'failed' | 'missing' | 'forbidden' | 'expired' | 'unknown' | 'busy';

/** What Twenty gives the component to reach its own page, beside what `twenty-sdk/front-component` exports. */
type HostPage = {
  /** A fresh token of this session. Rejects when the session has ended. */
  readonly requestAccessTokenRefresh?: () => Promise<string>;
};

type HubRequest = {
  /** Below `/panel/v1/`. */
  readonly path: string;
  /** Sent as JSON, by POST. */
  readonly body?: object;
  readonly signal?: AbortSignal;
  /** Default 15 seconds. */
  readonly patienceMs?: number;
};

const PATIENCE_MS = 15_000;

/**
 * Asks the hub with the token that Twenty gives the component (30 minutes). When the hub does not accept it any more, asks Twenty for another
 * one and tries once more. Never throws.
 *
 * @returns the answer, whatever its status but 401; else why there is none
 */
export async function reachHub(request: HubRequest): Promise<Response | PanelProblem> {
  const first = await ask(request, process.env['TWENTY_APP_ACCESS_TOKEN'] ?? '');
  if (first !== 'expired') return first;
  const token = await freshToken();
  if (token === undefined) return 'expired';
  const second = await ask(request, token);
  return second === 'expired' ? 'unknown' : second;
}

const PROBLEMS: Readonly<Record<number, PanelProblem>> = { 403: 'forbidden', 404: 'missing', 429: 'busy' };

export const problemOf = ({ status }: Response): PanelProblem => PROBLEMS[status] ?? 'failed';

async function freshToken(): Promise<string | undefined> {
  const page = (globalThis as { frontComponentHostCommunicationApi?: HostPage }).frontComponentHostCommunicationApi;
  try {
    const token = await page?.requestAccessTokenRefresh?.();
    if (token !== undefined) process.env['TWENTY_APP_ACCESS_TOKEN'] = token;
    return token;
  } catch {
    return undefined;
  }
}

async function ask(
  { path, body, signal, patienceMs = PATIENCE_MS }: HubRequest,
  token: string,
): Promise<Response | PanelProblem> {
  const ends = [AbortSignal.timeout(patienceMs), ...(signal === undefined ? [] : [signal])];
  const json = body === undefined ? {} : { 'content-type': 'application/json' };
  try {
    const response = await fetch(`${HUB_ADDRESS}/panel/v1/${path}`, {
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      headers: { authorization: `Bearer ${token}`, ...json },
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.any(ends),
    });
    return response.status === 401 ? 'expired' : response;
  } catch {
    return 'unreachable';
  }
}
