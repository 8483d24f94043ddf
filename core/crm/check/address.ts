import type { CheckLine } from '../../contract/check.ts';
import type { Fetch } from '../twenty/client.ts';
import { ok } from './lines.ts';

export type AddressCheck =
  | { readonly line: CheckLine & { readonly state: 'failed' } }
  | {
      readonly line: CheckLine;
      /** Undefined when the server does not tell it, as development builds do. */ readonly serverVersion:
        | string
        | undefined;
    };

const name = 'Twenty';

/** The oldest server whose behaviour was measured. */
const OLDEST = [2, 21] as const;

const patienceMs = 10_000;

/**
 * Whether a Twenty that is new enough answers there. Asks without the key: an address that belongs to somebody else, or leads
 * elsewhere, must not learn it.
 */
export async function checkAddress(url: string, fetch: Fetch, signal: AbortSignal): Promise<AddressCheck> {
  let response: Response;
  try {
    response = await fetch(new URL('/client-config', url), {
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
    });
  } catch (error) {
    if (signal.aborted) throw error;
    return unreachable(url, reasonOf(error));
  }
  const location = response.headers.get('location');
  if (response.status >= 300 && response.status < 400 && location !== null) return leadsElsewhere(url, location);
  const config = await jsonOf(response);
  if (config === undefined) {
    return failed({
      detail: `${url} answers (HTTP ${response.status}), but not as Twenty does.`,
      remedy: 'give the address under which Twenty itself is opened in the browser, without a path',
      code: 'twenty.other-server',
      values: { url, status: response.status },
    });
  }
  return judgeVersion(url, config['appVersion']);
}

function leadsElsewhere(url: string, location: string): AddressCheck {
  const target = URL.parse(location, url)?.origin ?? location;
  return failed({
    detail: `${url} leads to ${target}.`,
    remedy: `connect with --url ${target}, if that is your Twenty`,
    code: 'twenty.leads-elsewhere',
    values: { url, target },
  });
}

function judgeVersion(url: string, told: unknown): AddressCheck {
  const version = typeof told === 'string' ? /^v?(\d+\.\d+(?:\.\d+)?)/.exec(told)?.[1] : undefined;
  if (version === undefined) {
    const line = ok(name, `${url} answers; it does not tell its version.`, {
      code: 'twenty.without-version',
      values: { url },
    });
    return { line, serverVersion: undefined };
  }
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    const oldest = OLDEST.join('.');
    return failed({
      detail: `${url} runs version ${version}; the hub needs ${oldest} or newer.`,
      remedy: 'upgrade Twenty first',
      code: 'twenty.too-old',
      values: { url, version, oldest },
    });
  }
  const finding = { code: 'twenty.answers', values: { url, version } };
  return { line: ok(name, `${url} answers (version ${version}).`, finding), serverVersion: version };
}

function failed(found: Required<Omit<CheckLine, 'name' | 'state'>>): AddressCheck {
  return { line: { name, state: 'failed', ...found } };
}

/** Unknown paths answer 200 with pages of the front end (Twenty 2.21, measured), so only JSON is believed. */
async function jsonOf(response: Response): Promise<Record<string, unknown> | undefined> {
  try {
    const body: unknown = JSON.parse(await response.text());
    return response.ok && typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** `ECONNREFUSED`, `TimeoutError`: what fetch gives as the cause, or its own name. */
function reasonOf(error: unknown): string {
  const { cause, name: kind } = error as { readonly cause?: { readonly code?: unknown }; readonly name?: string };
  return typeof cause?.code === 'string' ? cause.code : (kind ?? 'unknown reason');
}

function unreachable(url: string, reason: string): AddressCheck {
  const { hostname } = new URL(url);
  return failed({
    detail: `${url} could not be reached (${reason}).`,
    values: { url, reason, hostname, seconds: patienceMs / 1000 },
    ...whyUnreachable(reason, url, hostname),
  });
}

function whyUnreachable(
  reason: string,
  url: string,
  hostname: string,
): { readonly code: string; readonly remedy: string } {
  if (reason === 'ENOTFOUND' || reason === 'EAI_AGAIN') {
    return {
      code: 'twenty.unknown-name',
      remedy: `the name ${hostname} is not known here: correct it, or enter it in DNS`,
    };
  }
  if (reason === 'TimeoutError') {
    const remedy = `nothing answers within ${patienceMs / 1000} s: check the firewall between the hub and ${hostname}`;
    return { code: 'twenty.silent', remedy };
  }
  if (reason.includes('CERT') || reason.startsWith('ERR_TLS') || reason.includes('SIGNATURE')) {
    return {
      code: 'twenty.certificate',
      remedy: `the certificate of ${hostname} is not trusted: renew it, or name its authority in NODE_EXTRA_CA_CERTS`,
    };
  }
  return { code: 'twenty.down', remedy: `see whether ${url} is up and reachable from the hub's machine` };
}
