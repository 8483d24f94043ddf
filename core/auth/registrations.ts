import { type Kysely, sql } from 'kysely';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { type Logger, RefusedError, UpstreamError } from '../contract/index.ts';
import type { Secrets } from '../secrets/index.ts';
import type { Executor } from '../store/database.ts';
import type { Tables } from '../store/tables.ts';
import type { CrmConnections } from '../tenants/index.ts';

/** The hub as a client of a tenant's Twenty (RFC 7591). */
export interface Registration {
  readonly clientId: string;
  /** Origin of Twenty as the hub reaches it. */
  readonly url: string;
}

export interface Registrations {
  /** The client that Twenty knows; registered when there is none, or the addresses have changed, or Twenty has forgotten it. */
  readonly get: (tenantId: string, redirectUri: string) => Promise<Registration>;
  readonly forget: (tenantId: string) => Promise<void>;
}

export interface RegistrationDeps {
  readonly db: Kysely<Tables>;
  readonly secrets: Secrets;
  readonly connections: Pick<CrmConnections, 'open'>;
  readonly fetch: typeof globalThis.fetch;
  readonly log: Logger;
}

const place = (tenantId: string) => ({ tenantId, pluginId: 'auth', name: 'client' });
const kept = z.object({ clientId: z.string(), url: z.string(), redirectUri: z.string() });
type Kept = z.infer<typeof kept>;
type Place = Pick<Kept, 'url' | 'redirectUri'>;
const registered = z.object({ client_id: z.string().min(1) });
const refused = z.object({ error_description: z.string() });
const timeoutMs = 10_000;
/** Twenty allows its OAuth doors 60 calls a minute from one address (2.21, read): most of them are for exchanging codes. */
const believeMs = 5 * 60_000;

export function createRegistrations({ db, secrets, connections, fetch, log }: RegistrationDeps): Registrations {
  const running = new Map<string, Promise<Registration>>();
  const confirmed = new LRUCache<string, true>({ max: 10_000, ttl: believeMs });

  const ask = async (url: URL, signal: AbortSignal, init: RequestInit = {}): Promise<Response> => {
    try {
      const deadline = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
      return await fetch(url, { ...init, redirect: 'error', signal: deadline });
    } catch (cause) {
      throw new UpstreamError('Twenty could not be reached', { cause });
    }
  };

  /** Read back now and then: a client that Twenty has forgotten is an error page there, of which the hub never hears. */
  async function isKnown(url: string, clientId: string, signal: AbortSignal): Promise<boolean> {
    if (confirmed.has(clientId)) return true;
    const { status } = await ask(new URL(`/oauth/register/${clientId}`, url), signal);
    if (status >= 500 || status === 429) throw new UpstreamError(`Twenty answered ${status}`);
    if (status === 200) confirmed.set(clientId, true);
    return status === 200;
  }

  async function register(url: string, redirectUri: string, signal: AbortSignal): Promise<string> {
    const response = await ask(new URL('/oauth/register', url), signal, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        client_name: 'Switchboard',
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        token_endpoint_auth_method: 'none',
        scope: 'api profile',
      }),
    });
    const body: unknown = await response.json().catch(() => undefined);
    const parsed = registered.safeParse(body);
    if (response.status === 201 && parsed.success) return parsed.data.client_id;
    // Ten an hour per address on a server in production (Twenty 2.21, read).
    if (response.status >= 500 || response.status === 429)
      throw new UpstreamError(`Twenty answered ${response.status}`);
    const reason = refused.safeParse(body).data?.error_description ?? `it answered ${response.status}`;
    throw new RefusedError(`Twenty does not register the hub for signing in: ${reason}`, {
      remedy: 'Check PUBLIC_URL of the hub and the address under which this tenant is connected.',
    });
  }

  async function find(tenantId: string, executor?: Executor): Promise<Kept | undefined> {
    const text = await secrets.get(place(tenantId), executor);
    return text === undefined ? undefined : kept.safeParse(JSON.parse(text)).data;
  }

  /** Of several processes that registered at once, the first one's client is the tenant's. Nothing is asked of Twenty while this waits. */
  const keep = async (tenantId: string, made: Kept, replaced: string | undefined): Promise<Kept> =>
    await db.transaction().execute(async (transaction) => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${`auth client ${tenantId}`}, 0))`.execute(transaction);
      const other = await find(tenantId, transaction);
      if (other !== undefined && fits(other, made) && other.clientId !== replaced) return other;
      await secrets.set(place(tenantId), JSON.stringify(made), transaction);
      log.info({ tenantId }, 'Registered at Twenty for signing in');
      return made;
    });

  async function look(tenantId: string, redirectUri: string): Promise<Registration> {
    // Not a caller's signal: who hangs up must not take the answer from the others.
    const signal = AbortSignal.timeout(2 * timeoutMs);
    const { url } = await connections.open(tenantId);
    const known = await find(tenantId);
    if (known !== undefined && fits(known, { url, redirectUri }) && (await isKnown(url, known.clientId, signal))) {
      return known;
    }
    const clientId = await register(url, redirectUri, signal);
    return await keep(tenantId, { clientId, url, redirectUri }, known?.clientId);
  }

  return {
    get: async (tenantId, redirectUri) => {
      // One question, however many people come at once: Twenty allows few registrations and keeps each for good.
      const key = `${tenantId} ${redirectUri}`;
      const current = running.get(key);
      if (current !== undefined) return await current;
      const started = look(tenantId, redirectUri).finally(() => running.delete(key));
      running.set(key, started);
      return await started;
    },
    forget: async (tenantId) => {
      confirmed.clear();
      await secrets.delete(place(tenantId));
    },
  };
}

const fits = (one: Place, other: Place): boolean => one.url === other.url && one.redirectUri === other.redirectUri;
