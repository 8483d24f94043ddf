import type { Kysely } from 'kysely';
import type { AuditLog } from '../audit/index.ts';
import type { Secrets } from '../secrets/index.ts';
import type { Executor } from '../store/database.ts';
import type { Tables } from '../store/tables.ts';

export interface PluginSettingDeps {
  readonly db: Kysely<Tables>;
  readonly secrets: Secrets;
  readonly audit: AuditLog;
}

export function settingRows(executor: Executor, tenantId: string) {
  return executor.selectFrom('plugin_setting').selectAll().where('tenant_id', '=', tenantId);
}
