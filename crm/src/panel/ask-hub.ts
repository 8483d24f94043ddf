import type { PanelAnswer, PanelObject } from './answer.ts';
import { HUB_ADDRESS } from './hub-address.ts';

/** Why there is nothing to show. */
export type PanelProblem = 'unreachable' | 'failed' | 'forbidden' | 'expired' | 'unknown' | 'busy';

export type PanelOutcome =
  | { readonly kind: 'answer'; readonly answer: PanelAnswer }
  | { readonly kind: 'problem'; readonly problem: PanelProblem };

/** What Twenty gives the component to reach its own page, beside what `twenty-sdk/front-component` exports. */
type HostPage = {
  /** A fresh token of this session. Rejects when the session has ended. */
  readonly requestAccessTokenRefresh?: () => Promise<string>;
};

const PATIENCE_MS = 15_000;

/**
 * Asks the hub for the panel of a record, with the token that Twenty gives the component (30 minutes). When the hub does not
 * accept it any more, asks Twenty for another one and tries once more. Never throws.
 */
export async function askHub(object: PanelObject, recordId: string, signal: AbortSignal): Promise<PanelOutcome> {
  const first = await ask(object, recordId, process.env['TWENTY_APP_ACCESS_TOKEN'] ?? '', signal);
  if (first !== 'expired') return first;
  const token = await freshToken();
  if (token === undefined) return { kind: 'problem', problem: 'expired' };
  const second = await ask(object, recordId, token, signal);
  return second === 'expired' ? { kind: 'problem', problem: 'unknown' } : second;
}

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

const PROBLEMS: Readonly<Record<number, PanelProblem>> = { 403: 'forbidden', 429: 'busy' };

async function ask(
  object: PanelObject,
  recordId: string,
  token: string,
  signal: AbortSignal,
): Promise<PanelOutcome | 'expired'> {
  try {
    const response = await fetch(`${HUB_ADDRESS}/panel/v1/records/${object}/${recordId}`, {
      headers: { authorization: `Bearer ${token}` },
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
    });
    if (response.status === 401) return 'expired';
    if (!response.ok) return { kind: 'problem', problem: PROBLEMS[response.status] ?? 'failed' };
    return { kind: 'answer', answer: (await response.json()) as PanelAnswer };
  } catch {
    return { kind: 'problem', problem: 'unreachable' };
  }
}
