import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import type { Clock, Logger } from '../contract/context.ts';
import type { CrmReader, CrmWrite, MirroredObject } from '../contract/crm.ts';
import type { EventInput } from '../contract/event.ts';
import { event } from '../contract/event.ts';
import { recordCreated, recordDeleted, recordUpdated } from '../contract/events.ts';
import type { RawRequest, Reply } from '../contract/http.ts';
import type { Leases } from '../leases/leases.ts';
import type { Secrets } from '../secrets/index.ts';
import type { Database, Executor } from '../store/database.ts';
import type { Tables } from '../store/tables.ts';
import type { CrmConnections, Tenants } from '../tenants/index.ts';
import { createConnecting } from './connect.ts';
import type { Connecting } from './connect.ts';
import { createReader } from './mirror/reader.ts';
import { createVocabulary } from './mirror/search/vocabulary.ts';
import { receiveDelivery } from './mirror/receive.ts';
import { createPeople } from './people.ts';
import type { People } from './people.ts';
import { createReceivers } from './receivers.ts';
import type { RecordChange } from './mirror/store.ts';
import { countParked, discardParked, listParked, replayParked } from './outbox/parked.ts';
import type { ParkedFilter, ParkedWrite } from './outbox/parked.ts';
import { stageWrites } from './outbox/stage.ts';
import { readAccess } from './session/access-store.ts';
import type { OnRecordChange } from './session/context.ts';
import { usualTiming } from './session/keep-object.ts';
import type { MirrorTiming } from './session/keep-object.ts';
import { runSessions } from './session/runner.ts';
import type { SessionInput } from './session/runner.ts';
import { readStatus } from './status.ts';
import type { CrmStatus } from './status.ts';
import { rotateSecret } from './session/webhook-secrets.ts';
import type { Fetch } from './twenty/client.ts';
import { usualLimits } from './limits.ts';
import type { Limits } from './limits.ts';

/** The way to Twenty: writes go out through the outbox, reads come from the mirror. */
export interface Crm extends People, Connecting {
  /** The mirror as one tenant sees it. */
  readonly reader: (tenantId: string) => CrmReader;
  /**
   * Puts writes into the outbox inside the caller's transaction. They reach Twenty once it is committed, each once, in order per record.
   * @throws PayloadError when a write could never be sent
   */
  readonly stage: (transaction: Executor, tenantId: string, writes: readonly CrmWrite[]) => Promise<void>;
  /**
   * Makes a new secret for Twenty's webhooks. The session tells Twenty within a minute; from then on the ones before are
   * accepted for so long, and no longer.
   * @throws ConfigError when the tenant is not connected
   */
  readonly rotateWebhookSecret: (tenantId: string, overlapMs: number) => Promise<void>;
  /** Takes a webhook of Twenty. Answers at once; 401 for whoever cannot sign, without storing anything. */
  readonly receiveWebhook: (tenantSlugOrId: string, request: RawRequest) => Promise<Reply>;
  /** The worker's part: outbox, mirror and webhooks of every connected tenant, until the signal aborts. */
  readonly run: (signal: AbortSignal) => Promise<void>;
  readonly status: (tenantId: string) => Promise<CrmStatus>;
  readonly figures: () => Promise<CrmFigures>;
  readonly listParked: (
    tenantId: string,
    options?: ParkedFilter & { after?: number; limit?: number },
  ) => Promise<ParkedWrite[]>;
  readonly countParked: (tenantId: string, most: number) => Promise<number>;
  readonly replayParked: (tenantId: string, filter?: ParkedFilter) => Promise<number>;
  readonly discardParked: (tenantId: string, filter: ParkedFilter, reason: string) => Promise<number>;
  readonly close: () => Promise<void>;
}

/** Over all tenants. */
export interface CrmFigures {
  readonly outboxDepth: number;
  readonly outboxOldestSeconds: number;
  readonly parked: number;
  readonly unreachableTenants: number;
}

export interface CrmOptions {
  readonly database: Database;
  readonly secrets: Secrets;
  readonly tenants: Tenants;
  readonly connections: CrmConnections;
  readonly leases: Leases;
  readonly log: Logger;
  readonly clock: Clock;
  /** The hub's address as Twenty reaches it. */
  readonly publicUrl: string;
  readonly registry: { readonly plugins: readonly { id: string; mirrors?: readonly MirroredObject[] | undefined }[] };
  /** What the hub itself reads, whatever plugins are enabled. */
  readonly mirrors?: readonly MirroredObject[];
  readonly settings: { readonly active: (tenantId: string) => Promise<ReadonlySet<string>> };
  readonly announce: (
    transaction: Transaction<Tables>,
    tenantId: string,
    events: readonly EventInput[],
  ) => Promise<void>;
  /** Where to begin with the limits of Twenty; refusals teach better. */
  readonly limits?: Limits;
  readonly fetch?: Fetch;
  readonly timing?: Partial<MirrorTiming>;
}

export function createCrm(options: CrmOptions): Crm {
  const { database, clock } = options;
  const { db } = database;
  const fetch = options.fetch ?? globalThis.fetch;
  const limits = options.limits ?? usualLimits;
  const onRecordChange: OnRecordChange = (transaction, tenantId, changes) =>
    options.announce(transaction, tenantId, changes.map(toEvent));
  const declared = (tenantId: string) => declaredBy(options, tenantId);
  const vocabulary = createVocabulary(db, clock);
  const receivers = createReceivers({ ...options, declared, onRecordChange });

  return {
    ...createPeople({ ...options, fetch, declared, vocabulary }),
    ...createConnecting({ ...options, fetch, limits, declared }),
    reader: (tenantId) => createReader(db, tenantId, vocabulary),
    stage: stageWrites,
    rotateWebhookSecret: async (tenantId, overlapMs) => {
      await options.connections.open(tenantId);
      await rotateSecret({ db, secrets: options.secrets, tenantId }, overlapMs);
    },
    receiveWebhook: (tenantSlugOrId, request) => receiveDelivery(receivers, tenantSlugOrId, request, clock),
    run: (signal) =>
      runSessions(
        {
          ...options,
          fetch,
          limits,
          onRecordChange,
          timing: { ...usualTiming, ...options.timing },
          load: () => loadAll(options),
        },
        signal,
      ),
    status: (tenantId) => readStatus(db, tenantId),
    figures: () => readFigures(db),
    listParked: (tenantId, filter) => listParked(db, tenantId, filter),
    countParked: (tenantId, most) => countParked(db, tenantId, most),
    replayParked: (tenantId, filter) => replayParked(db, tenantId, filter),
    discardParked: (tenantId, filter, reason) => discardParked(db, tenantId, filter, reason),
    close: async () => {},
  };
}

const eventTypes = { created: recordCreated, updated: recordUpdated, deleted: recordDeleted };

function toEvent(change: RecordChange): EventInput {
  const { kind, object, recordId, updatedFields, values, by, isRecovered, dedupeKey, occurredAt } = change;
  const about = {
    object,
    recordId,
    ...(by === undefined ? {} : { by }),
    ...(isRecovered === true ? { isRecovered } : {}),
  };
  const told = (side: 'before' | 'after') =>
    Object.fromEntries(Object.entries(values ?? {}).map(([name, value]) => [name, value[side] ?? null]));
  const changed = values === undefined ? {} : { before: told('before'), after: told('after') };
  const payload = kind === 'updated' ? { ...about, updatedFields: [...updatedFields], ...changed } : about;
  return { ...event(eventTypes[kind], payload, dedupeKey), occurredAt };
}

/** What the hub and the tenant's enabled plugins read. */
async function declaredBy(
  { registry, settings, mirrors: own = [] }: CrmOptions,
  tenantId: string,
): Promise<MirroredObject[]> {
  const active = await settings.active(tenantId);
  const ofPlugins = registry.plugins.filter(({ id }) => active.has(id)).flatMap(({ mirrors }) => mirrors ?? []);
  return [...own, ...ofPlugins];
}

async function loadAll(options: CrmOptions): Promise<SessionInput[]> {
  const tenants = (await options.tenants.list()).filter(({ state }) => state === 'active');
  const inputs = await Promise.all(
    tenants.map(async (tenant) => {
      try {
        return await loadOne(options, tenant);
      } catch (error) {
        // A tenant whose secrets cannot be opened must not keep the others from working.
        options.log.error({ tenantId: tenant.id, err: error }, 'Could not open the connection to Twenty');
        return undefined;
      }
    }),
  );
  return inputs.filter((input) => input !== undefined);
}

async function loadOne(options: CrmOptions, tenant: SessionInput['tenant']): Promise<SessionInput | undefined> {
  const connection = await options.connections.find(tenant.id);
  if (connection === undefined) return undefined;
  const [apiKey, access, declared] = await Promise.all([
    options.secrets.get({ tenantId: tenant.id, pluginId: 'crm', name: 'apiKey' }),
    readAccess(options.database.db, tenant.id),
    declaredBy(options, tenant.id),
  ]);
  const facts = [connection.url, connection.serverVersion, apiKey, access.applicationId, tenant.country, declared];
  const signature = createHash('sha256').update(JSON.stringify(facts)).digest('hex');
  return { tenant, url: connection.url, apiKey, declared, signature };
}

async function readFigures(db: Executor): Promise<CrmFigures> {
  const { rows } = await sql<{ depth: number; oldest: number | null; parked: number; unreachable: number }>`
    select
      (select count(*) from crm_outbox where state = 'pending') as depth,
      (select extract(epoch from now() - min(staged_at))::float from crm_outbox where state = 'pending') as oldest,
      (select count(*) from crm_outbox where state = 'parked') as parked,
      (select count(*) from crm_session
        where report->>'state' = 'resting' or (report->'breaker'->>'failures')::integer > 0) as unreachable
  `.execute(db);
  const { depth = 0, oldest = null, parked = 0, unreachable = 0 } = rows[0] ?? {};
  return { outboxDepth: depth, outboxOldestSeconds: oldest ?? 0, parked, unreachableTenants: unreachable };
}
