import type { Queue } from '@switchboard/queue';
import type { AuditLog } from '../audit/index.ts';
import type { Auth } from '../auth/index.ts';
import type { Crm } from '../crm/index.ts';
import type { Doors } from '../host/doors.ts';
import type { Instances } from '../host/instances.ts';
import type { Registry } from '../host/registry.ts';
import type { Journal } from '../journal/index.ts';
import type { Secrets } from '../secrets/index.ts';
import type { Database } from '../store/database.ts';
import type { CrmConnections, PluginSettings, Tenants } from '../tenants/index.ts';
import { type AuditFile, createAuditFile } from './audit-file.ts';
import type { ConnectDeps } from './connect.ts';
import { type CrmAdmin, createCrmAdmin } from './crm.ts';
import { createDeliveryAdmin, type DeliveryAdmin } from './deliveries.ts';
import { createJobReader } from './jobs.ts';
import { createPluginAdmin, type PluginAdmin } from './plugins.ts';
import { createStuckCounter, createWorkReader, type Work } from './work.ts';

/** Everything an operator can do. The HTTP API and the command line are two doors to this one. */
export interface Admin {
  readonly tenants: Tenants;
  readonly crm: CrmAdmin;
  readonly plugins: PluginAdmin;
  readonly deliveries: DeliveryAdmin;
  readonly work: (tenant: string) => Promise<Work>;
  /** What waits, runs, is tried again or is set for later. @throws NotFoundError */
  readonly jobs: ReturnType<typeof createJobReader>;
  /** @throws NotFoundError */
  readonly countStuck: (tenant: string) => Promise<number>;
  readonly audit: AuditLog;
  readonly auditFile: AuditFile;
  readonly journal: Pick<Journal, 'verify' | 'erase'>;
  readonly auth: Auth;
  readonly secrets: Secrets;
  readonly queueStats: Queue['stats'];
}

export interface AdminDeps {
  readonly registry: Registry;
  readonly tenants: Tenants;
  readonly settings: PluginSettings;
  readonly connections: CrmConnections;
  readonly audit: AuditLog;
  readonly journal: Journal;
  readonly auth: Auth;
  readonly secrets: Secrets;
  readonly queue: Queue;
  readonly crm: Crm;
  readonly database: Database;
  readonly instances: Instances;
  readonly doors: Doors;
  readonly app: ConnectDeps['app'];
}

export function createAdmin(deps: AdminDeps): Admin {
  return {
    tenants: deps.tenants,
    audit: deps.audit,
    auditFile: createAuditFile(deps),
    journal: deps.journal,
    auth: deps.auth,
    secrets: deps.secrets,
    crm: createCrmAdmin(deps),
    plugins: createPluginAdmin(deps),
    deliveries: createDeliveryAdmin(deps),
    jobs: createJobReader(deps),
    countStuck: createStuckCounter(deps),
    work: createWorkReader({ ...deps, db: deps.database.db }),
    queueStats: deps.queue.stats,
  };
}
