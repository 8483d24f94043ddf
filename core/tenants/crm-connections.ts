import type { Kysely } from 'kysely';
import type { AuditLog } from '../audit/index.ts';
import { ConfigError } from '../contract/errors.ts';
import type { Secrets } from '../secrets/index.ts';
import type { Tables } from '../store/tables.ts';
import { announceChange } from './announce.ts';
import { crmAddress, parseInput } from './input.ts';
import type { CrmAddress } from './input.ts';
import { getTenant } from './tenants.ts';

/** Secrets of the connection to Twenty are kept under this name, where plugins keep theirs under their id. */
const crmOwner = 'crm';

export interface CrmConnection {
  readonly tenantId: string;
  /** Origin, without a trailing slash. */
  readonly url: string;
  /** What Twenty said at the last check that succeeded; undefined until then. */
  readonly workspaceId: string | undefined;
  readonly serverVersion: string | undefined;
  readonly checkedAt: Date | undefined;
}

export interface CrmCheckResult {
  readonly workspaceId: string;
  readonly serverVersion: string;
}

export interface CrmConnections {
  /** Connects a tenant, or changes address and key. The workspace stays the one of the first check, wherever it moves. */
  readonly connect: (slugOrId: string, address: CrmAddress, actor: string) => Promise<CrmConnection>;
  readonly find: (tenantId: string) => Promise<CrmConnection | undefined>;
  /** Address and key. @throws ConfigError when the tenant is not connected */
  readonly open: (tenantId: string) => Promise<CrmConnection & { readonly apiKey: string }>;
  /** Notes what a successful check found. @throws ConfigError when it is another workspace than before */
  readonly recordCheck: (tenantId: string, result: CrmCheckResult) => Promise<void>;
}

interface CrmConnectionDeps {
  readonly db: Kysely<Tables>;
  readonly secrets: Secrets;
  readonly audit: AuditLog;
}

export function createCrmConnections({ db, secrets, audit }: CrmConnectionDeps): CrmConnections {
  const find = async (tenantId: string): Promise<CrmConnection | undefined> => {
    const row = await db.selectFrom('crm_connection').selectAll().where('tenant_id', '=', tenantId).executeTakeFirst();
    return (
      row && {
        tenantId,
        url: row.url,
        workspaceId: row.workspace_id ?? undefined,
        serverVersion: row.server_version ?? undefined,
        checkedAt: row.checked_at ?? undefined,
      }
    );
  };

  const open = async (tenantId: string) => {
    const connection = await find(tenantId);
    const apiKey = await secrets.get({ tenantId, pluginId: crmOwner, name: 'apiKey' });
    if (connection === undefined || apiKey === undefined) throw notConnected();
    return { ...connection, apiKey };
  };

  const connect = async (slugOrId: string, address: CrmAddress, actor: string): Promise<CrmConnection> => {
    const { url, apiKey } = parseInput(crmAddress, address);
    const { id } = await getTenant(db, slugOrId);
    await db.transaction().execute(async (transaction) => {
      const unchecked = { server_version: null, checked_at: null };
      await transaction
        .insertInto('crm_connection')
        .values({ tenant_id: id, url, workspace_id: null, ...unchecked })
        .onConflict((conflict) =>
          conflict
            .column('tenant_id')
            .doUpdateSet({ url, ...unchecked, updated_at: new Date() })
            .where('crm_connection.url', '<>', url),
        )
        .execute();
      await secrets.set({ tenantId: id, pluginId: crmOwner, name: 'apiKey' }, apiKey, transaction);
      await audit.append(transaction, { tenantId: id, actor, action: 'crm.connect', subject: 'crm', details: { url } });
      await announceChange(transaction, id);
    });
    const { apiKey: _secret, ...connection } = await open(id);
    return connection;
  };

  const recordCheck = async (tenantId: string, { workspaceId, serverVersion }: CrmCheckResult): Promise<void> => {
    const { numUpdatedRows } = await db
      .updateTable('crm_connection')
      .set({ workspace_id: workspaceId, server_version: serverVersion, checked_at: new Date() })
      .where('tenant_id', '=', tenantId)
      .where((row) => row.or([row('workspace_id', 'is', null), row('workspace_id', '=', workspaceId)]))
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw (await find(tenantId)) === undefined ? notConnected() : otherWorkspace();
  };

  return { connect, find, open, recordCheck };
}

function notConnected(): ConfigError {
  return new ConfigError('The tenant is not connected to Twenty', {
    field: 'crm',
    remedy: 'Connect it with "npm run hub -- tenant connect <slug> --url … --key …".',
  });
}

/** Records of one workspace must never be written into another one. */
function otherWorkspace(): ConfigError {
  return new ConfigError('The API key belongs to another workspace than the one this tenant was connected to', {
    field: 'crm.apiKey',
    remedy: 'Use a key of the same workspace, or create a tenant of its own for the other workspace.',
  });
}
