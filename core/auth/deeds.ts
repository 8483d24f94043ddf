import type { Kysely } from 'kysely';
import type { AuditLog } from '../audit/index.ts';
import { SwitchboardError } from '../contract/index.ts';
import type { AsMember } from '../crm/index.ts';
import type { Tables } from '../store/tables.ts';
import { RefusedEntry } from './refusals.ts';

/**
 * What only a member can do in Twenty, no API key. The member confirms it by signing in to Twenty once more; the token of that moment is used and
 * forgotten, so that the hub never keeps a token with all rights of an administrator.
 */
export type Deed =
  | { readonly kind: 'enforce-two-factor' }
  | { readonly kind: 'change-role'; readonly memberId: string; readonly roleId: string };

interface DeedDeps {
  readonly db: Kysely<Tables>;
  readonly crm: Pick<AsMember, 'enforceTwoFactor' | 'changeRole' | 'refreshRoster'>;
  readonly audit: AuditLog;
}

export interface DeedRequest {
  readonly tenantId: string;
  readonly deed: Deed;
  readonly token: string;
  readonly actor: string;
}

/** @throws RefusedEntry when Twenty does not allow it; UpstreamError when it cannot be asked */
export async function perform(
  { db, crm, audit }: DeedDeps,
  { tenantId, deed, token, actor }: DeedRequest,
  signal: AbortSignal,
): Promise<void> {
  try {
    if (deed.kind === 'enforce-two-factor') await crm.enforceTwoFactor(tenantId, token, signal);
    else await crm.changeRole(tenantId, token, deed, signal);
  } catch (error) {
    // Whatever Twenty refuses for good, the member may not: its words are in the log by the cause.
    if (error instanceof SwitchboardError && error.retry === 'never') throw new RefusedEntry('deed-refused', error);
    throw error;
  }
  const entry =
    deed.kind === 'enforce-two-factor'
      ? { action: 'twenty.enforce-two-factor', subject: 'workspace', details: {} }
      : { action: 'twenty.change-role', subject: `member/${deed.memberId}`, details: { roleId: deed.roleId } };
  await db.transaction().execute(async (transaction) => await audit.append(transaction, { tenantId, actor, ...entry }));
  // So that the hub acts on the change at once. If that fails it is read within a minute; the deed itself is done.
  if (deed.kind === 'change-role') await crm.refreshRoster(tenantId, signal).catch(() => {});
}
