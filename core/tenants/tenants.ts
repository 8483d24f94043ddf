import { randomUUID } from 'node:crypto';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { AuditLog } from '../audit/index.ts';
import type { Tenant } from '../contract/context.ts';
import { ConflictError, NotFoundError, PayloadError } from '../contract/errors.ts';
import type { Executor } from '../store/database.ts';
import type { Tables } from '../store/tables.ts';
import { announceChange } from './announce.ts';
import { newTenant, parseInput, tenantChanges } from './input.ts';
import type { NewTenant, TenantChanges } from './input.ts';
import type { CrmConnectionTable, TenantState, TenantTable } from './tables.ts';

export interface TenantRecord extends Tenant {
  /** A suspended tenant keeps everything; nothing is received or sent for it. */
  readonly state: TenantState;
  readonly createdAt: Date;
}

/** Members that change something take who does it, for the audit log, and announce the change to every process of the hub. */
export interface Tenants {
  /** @throws PayloadError naming the field; ConflictError when the slug is taken */
  readonly create: (input: NewTenant, actor: string) => Promise<TenantRecord>;
  readonly list: () => Promise<TenantRecord[]>;
  /** @throws NotFoundError */
  readonly get: (slugOrId: string) => Promise<TenantRecord>;
  readonly find: (slugOrId: string) => Promise<TenantRecord | undefined>;
  /** Every tenant that is connected to this workspace of Twenty: one, unless two were connected to the same. */
  readonly findByWorkspace: (workspaceId: string) => Promise<TenantRecord[]>;
  readonly update: (slugOrId: string, changes: TenantChanges, actor: string) => Promise<TenantRecord>;
  readonly suspend: (slugOrId: string, actor: string) => Promise<TenantRecord>;
  readonly resume: (slugOrId: string, actor: string) => Promise<TenantRecord>;
  /** Deletes the tenant with all its data, secrets included; its audit log stays. @param confirm the slug once more */
  readonly delete: (slugOrId: string, confirm: string, actor: string) => Promise<void>;
}

export interface TenantDeps {
  readonly db: Kysely<Tables>;
  readonly audit: AuditLog;
}

export function createTenants({ db, audit }: TenantDeps): Tenants {
  /** One change with its audit entry and its announcement: all of it or nothing. */
  async function change(tenant: TenantRecord, action: string, actor: string, values: Partial<Selectable<TenantTable>>) {
    await db.transaction().execute(async (transaction) => {
      const set = { ...values, updated_at: new Date() };
      await transaction.updateTable('tenant').set(set).where('id', '=', tenant.id).execute();
      await audit.append(transaction, { tenantId: tenant.id, actor, action, subject: 'tenant', details: values });
      await announceChange(transaction, tenant.id);
    });
    return getTenant(db, tenant.id);
  }

  const switchTo = async (
    slugOrId: string,
    state: TenantState,
    action: string,
    actor: string,
  ): Promise<TenantRecord> => {
    const tenant = await getTenant(db, slugOrId);
    return tenant.state === state ? tenant : change(tenant, action, actor, { state });
  };

  return {
    create: (input, actor) => createTenant({ db, audit }, input, actor),
    list: async () => (await tenantRows(db).orderBy('tenant.slug').execute()).map(toTenantRecord),
    get: (slugOrId) => getTenant(db, slugOrId),
    find: (slugOrId) => findTenant(db, slugOrId),
    findByWorkspace: async (workspaceId) =>
      (await tenantRows(db).where('crm_connection.workspace_id', '=', workspaceId).execute()).map(toTenantRecord),
    update: async (slugOrId, changes, actor) => {
      const { timeZone, ...rest } = parseInput(tenantChanges, changes);
      const values = { ...rest, ...(timeZone !== undefined && { time_zone: timeZone }) };
      return change(await getTenant(db, slugOrId), 'tenant.update', actor, values as Partial<Selectable<TenantTable>>);
    },
    suspend: (slugOrId, actor) => switchTo(slugOrId, 'suspended', 'tenant.suspend', actor),
    resume: (slugOrId, actor) => switchTo(slugOrId, 'active', 'tenant.resume', actor),
    delete: async (slugOrId, confirm, actor) => {
      const { id, slug } = await getTenant(db, slugOrId);
      if (confirm !== slug) {
        throw new PayloadError(`Deleting the tenant "${slug}" is not confirmed`, {
          field: 'confirm',
          remedy: `Give its slug "${slug}" as confirmation; all its data in the hub goes with it.`,
        });
      }
      await db.transaction().execute(async (transaction) => {
        await transaction.deleteFrom('tenant').where('id', '=', id).execute();
        await audit.append(transaction, {
          tenantId: id,
          actor,
          action: 'tenant.delete',
          subject: 'tenant',
          details: { slug },
        });
        await announceChange(transaction, id);
      });
    },
  };
}

async function createTenant({ db, audit }: TenantDeps, input: NewTenant, actor: string): Promise<TenantRecord> {
  const { slug, name, country, timeZone, locale } = parseInput(newTenant, input);
  const id = randomUUID();
  await db.transaction().execute(async (transaction) => {
    const inserted = await transaction
      .insertInto('tenant')
      .values({ id, slug, name, country, time_zone: timeZone, locale })
      .onConflict((conflict) => conflict.column('slug').doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 0n) {
      throw new ConflictError(`There is already a tenant "${slug}"`, { field: 'slug', remedy: 'Choose another slug.' });
    }
    const details = { slug, name, country, timeZone, locale };
    await audit.append(transaction, { tenantId: id, actor, action: 'tenant.create', subject: 'tenant', details });
    await announceChange(transaction, id);
  });
  return getTenant(db, id);
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Slugs are shorter than UUIDs, so the two never meet. */
export const isTenantId = (slugOrId: string): boolean => uuid.test(slugOrId);

export async function findTenant(db: Executor, slugOrId: string): Promise<TenantRecord | undefined> {
  const column = isTenantId(slugOrId) ? 'tenant.id' : 'tenant.slug';
  // PostgreSQL refuses a NUL character instead of not finding it.
  if (slugOrId.includes('\0')) return undefined;
  const row = await tenantRows(db).where(column, '=', slugOrId).executeTakeFirst();
  return row && toTenantRecord(row);
}

export async function getTenant(db: Executor, slugOrId: string): Promise<TenantRecord> {
  const tenant = await findTenant(db, slugOrId);
  if (tenant !== undefined) return tenant;
  throw new NotFoundError(`There is no tenant "${slugOrId}"`, {
    field: 'tenant',
    remedy: 'See the tenants there are with "npm run hub -- tenant list".',
  });
}

const columns = [
  'tenant.id',
  'tenant.slug',
  'tenant.name',
  'tenant.country',
  'tenant.time_zone',
  'tenant.locale',
  'tenant.state',
  'tenant.created_at',
  'crm_connection.url as crm_url',
] as const;

function tenantRows(db: Executor) {
  return db.selectFrom('tenant').leftJoin('crm_connection', 'crm_connection.tenant_id', 'tenant.id').select(columns);
}

/** For who joins the two tables in a statement of their own. */
export const tenantColumns = sql.raw<TenantRow>(columns.join(', '));

export type TenantRow = Omit<Selectable<TenantTable>, 'updated_at'> & {
  readonly crm_url: CrmConnectionTable['url'] | null;
};

export function toTenantRecord(row: TenantRow): TenantRecord {
  const { id, slug, name, country, locale, state } = row;
  return {
    id,
    slug,
    name,
    country,
    timeZone: row.time_zone,
    locale,
    crmUrl: row.crm_url ?? undefined,
    state,
    createdAt: row.created_at,
  };
}
