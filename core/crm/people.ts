import type { Clock } from '../contract/context.ts';
import type { MirroredObject } from '../contract/crm.ts';
import type { Database } from '../store/database.ts';
import { announceChange } from '../tenants/index.ts';
import type { CrmConnections, Tenants } from '../tenants/index.ts';
import { switchboardApp } from './app.ts';
import { mergeDeclarations } from './mirror/declare.ts';
import type { Vocabulary } from './mirror/search/vocabulary.ts';
import { createRoleMemory } from './permissions/memory.ts';
import { createRoleReader } from './permissions/reader.ts';
import type { RoleReader } from './permissions/reader.ts';
import { createRoleRefresher } from './permissions/refresh.ts';
import { findRole } from './permissions/store.ts';
import { readAccess, storeApplication } from './session/access-store.ts';
import { createTwentyClient } from './twenty/client.ts';
import type { Fetch } from './twenty/client.ts';
import { applicationsRequest } from './twenty/operations.ts';
import { whoIs } from './twenty/who-is.ts';
import type { TwentyUser } from './twenty/who-is.ts';

/** What the gateway knows of the people of a workspace and of what they may see. */
export interface People {
  /** The mirror as a role of the workspace sees it; a role that the workspace does not have sees nothing. */
  readonly readerFor: (tenantId: string, caller: RoleCaller) => RoleReader;
  /**
   * Reads from Twenty what every role may see. A session does so twice a minute by itself.
   * @param when leave it when this role is known and was read a moment ago
   * @throws PermissionError when the API key may not read roles
   */
  readonly refreshRoles: (
    tenantId: string,
    when: { readonly unlessKnown?: string },
    signal: AbortSignal,
  ) => Promise<void>;
  /** Undefined when the tenant's Twenty does not accept the token, or nobody stands behind it. */
  readonly whoIs: (tenantId: string, token: string, signal: AbortSignal) => Promise<TwentyUser | undefined>;
  /** Whether that is our application as it is installed in the tenant's workspace now. */
  readonly isOwnApplication: (tenantId: string, applicationId: string, signal: AbortSignal) => Promise<boolean>;
}

export interface RoleCaller {
  readonly roleId: string;
  /** Which reading of the role's rights is the present one, if the caller has just seen it: then they need not be read once more. */
  readonly rights?: string | null;
}

export type PeopleOptions = {
  readonly database: Database;
  readonly clock: Clock;
  readonly fetch: Fetch;
  readonly tenants: Tenants;
  readonly connections: CrmConnections;
  readonly declared: (tenantId: string) => Promise<MirroredObject[]>;
  readonly vocabulary: Vocabulary;
};

/** Four times what the session takes between two readings: then no session seems to run. */
const freshMs = 2 * 60_000;

export function createPeople(options: PeopleOptions): People {
  const { database, clock, fetch, tenants, connections } = options;
  const { db } = database;
  const knownRole = createRoleMemory(db);

  async function refreshRoles(tenantId: string, unlessKnown: string | undefined, signal: AbortSignal): Promise<void> {
    if (unlessKnown !== undefined) {
      const { readAt, rights } = await findRole(db, tenantId, unlessKnown);
      if (rights !== undefined && readAt !== undefined && clock.now() - readAt.getTime() < freshMs) return;
    }
    const { url, apiKey } = await connections.open(tenantId);
    const client = createTwentyClient(url, fetch);
    await createRoleRefresher({ db, tenantId, clock, ask: (request) => client.metadata(apiKey, request, signal) })();
  }

  /** After the app was removed and installed again it has another id. */
  async function findOwnApplication(tenantId: string, signal: AbortSignal): Promise<string | undefined> {
    const { url, apiKey } = await connections.open(tenantId);
    const { data } = await createTwentyClient(url, fetch).metadata(
      apiKey,
      { ...applicationsRequest, timeoutMs: 5000 },
      signal,
    );
    const installed = data['findManyApplications'] as { id: string; universalIdentifier: string }[];
    const id = installed.find(({ universalIdentifier }) => universalIdentifier === switchboardApp)?.id;
    if (await storeApplication(db, tenantId, id)) await announceChange(db, tenantId);
    return id;
  }

  return {
    readerFor: (tenantId, { roleId, rights = null }) =>
      createRoleReader({
        db,
        clock,
        tenantId,
        role: () => knownRole(tenantId, roleId, rights),
        specs: async () => mergeDeclarations(await options.declared(tenantId)),
        country: async () => (await tenants.get(tenantId)).country,
        vocabulary: options.vocabulary,
      }),
    refreshRoles: (tenantId, { unlessKnown }, signal) => refreshRoles(tenantId, unlessKnown, signal),
    whoIs: async (tenantId, token, signal) => {
      const connection = await connections.find(tenantId);
      return connection && (await whoIs(createTwentyClient(connection.url, fetch), token, signal));
    },
    isOwnApplication: async (tenantId, applicationId, signal) => {
      const { applicationId: known } = await readAccess(db, tenantId);
      return applicationId === known || applicationId === (await findOwnApplication(tenantId, signal));
    },
  };
}
