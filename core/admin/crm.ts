import type { AuditLog } from '../audit/index.ts';
import { signInLine } from '../auth/check.ts';
import type { CheckLine } from '../contract/index.ts';
import type { Crm } from '../crm/index.ts';
import type { Database } from '../store/database.ts';
import type { CrmConnections, Tenants } from '../tenants/index.ts';
import { type Connecting, createConnectingStore } from './connecting.ts';
import { type ConnectDeps, type ConnectRequest, connectWorkspace } from './connect.ts';

/** A tenant's connection to its Twenty. */
export interface CrmAdmin {
  /** Checks address and key, stores them, installs the app if that is wanted, and has copying begin. See `connectWorkspace`. */
  readonly connect: (
    tenant: string,
    request: ConnectRequest,
    actor: string,
    signal: AbortSignal,
  ) => Promise<readonly CheckLine[]>;
  /** How far the last attempt to connect is, and the copy with it; undefined before the first. */
  readonly connecting: (tenant: string) => Promise<(Connecting & { readonly copy: CopyNow }) | undefined>;
  readonly check: (tenant: string, signal: AbortSignal) => Promise<readonly CheckLine[]>;
  readonly status: (tenant: string) => ReturnType<Crm['status']>;
  /**
   * Has Twenty sign its webhooks with a new secret, within a minute.
   * @param overlapMinutes how long the secret before is accepted from then on; 0 when it has become known to others
   */
  readonly rotateWebhookSecret: (tenant: string, overlapMinutes: number, actor: string) => Promise<void>;
  readonly listParked: (tenant: string, limit: number) => ReturnType<Crm['listParked']>;
  readonly replayParked: (tenant: string, id: number | undefined) => Promise<number>;
  readonly discardParked: (tenant: string, id: number, reason: string) => Promise<number>;
}

/** How much of the workspace is in the hub's copy. */
export interface CopyNow {
  readonly state: 'waiting' | 'under-way' | 'whole' | 'stuck';
  readonly copied: number;
  readonly total: number;
  /** What keeps it from going on. */
  readonly problem?: { readonly message: string; readonly remedy?: string };
}

interface CrmAdminDeps {
  readonly crm: Crm;
  readonly tenants: Tenants;
  readonly connections: CrmConnections;
  readonly database: Database;
  readonly audit: AuditLog;
  readonly app: ConnectDeps['app'];
}

export function createCrmAdmin(deps: CrmAdminDeps): CrmAdmin {
  const { crm, tenants, database, audit } = deps;
  const connecting = createConnectingStore(database.db);
  const idOf = async (tenant: string) => (await tenants.get(tenant)).id;
  return {
    connect: async (tenant, request, actor, signal) =>
      await connectWorkspace({ ...deps, connecting }, tenant, request, actor, signal),
    async connecting(tenant) {
      const id = await idOf(tenant);
      const now = await connecting.read(id);
      return now && { ...now, copy: copyOf(await crm.status(id)) };
    },
    check: async (tenant, signal) => [
      ...(await crm.check(await idOf(tenant), signal)),
      signInLine(deps.app.hubAddress),
    ],
    status: async (tenant) => await crm.status(await idOf(tenant)),
    async rotateWebhookSecret(tenant, overlapMinutes, actor) {
      const tenantId = await idOf(tenant);
      await crm.rotateWebhookSecret(tenantId, overlapMinutes * 60_000);
      const entry = {
        tenantId,
        actor,
        action: 'crm.rotate-webhook-secret',
        subject: 'crm',
        details: { overlapMinutes },
      };
      await database.db.transaction().execute(async (transaction) => await audit.append(transaction, entry));
    },
    listParked: async (tenant, limit) => await crm.listParked(await idOf(tenant), { limit }),
    replayParked: async (tenant, id) => await crm.replayParked(await idOf(tenant), id === undefined ? {} : { id }),
    discardParked: async (tenant, id, reason) => await crm.discardParked(await idOf(tenant), { id }, reason),
  };
}

function copyOf({ mirror, session }: Awaited<ReturnType<Crm['status']>>): CopyNow {
  const copied = mirror.reduce((sum, each) => sum + each.copied, 0);
  const total = mirror.reduce((sum, each) => sum + Math.max(each.total ?? 0, each.copied), 0);
  if (mirror.length > 0 && mirror.every(({ state }) => state === 'fresh')) return { state: 'whole', copied, total };
  if (session?.problem !== undefined) return { state: 'stuck', copied, total, problem: session.problem };
  return { state: mirror.length === 0 ? 'waiting' : 'under-way', copied, total };
}
