import { json, type PluginTables, sql, thisTenant } from '@switchboard/core/contract';
import type { Authentication } from '../understand/understood.ts';

/** What was found out about the sender of a mail, as it is stored. */
export type SenderCheck = {
  readonly state: 'checked' | 'not-checked';
  /** Why it was not: nobody answered for a day; more than is checked beside other work; nothing that can be checked. */
  readonly reason: '' | 'no-answer' | 'too-large' | 'not-readable';
  readonly domain: string;
  readonly policy: '' | 'none' | 'quarantine' | 'reject';
  readonly spf: string;
  readonly dkim: string;
  readonly dmarc: string;
  readonly aligned: boolean;
};

export function notChecked(reason: SenderCheck['reason']): SenderCheck {
  return {
    state: 'not-checked',
    reason,
    domain: '',
    policy: '',
    spf: 'none',
    dkim: 'none',
    dmarc: 'none',
    aligned: false,
  };
}

export type Due = {
  readonly id: string;
  readonly isWhole: boolean;
  readonly authentication: Authentication;
};

/** Those of the mails that came from outside and are not checked yet. What the server that the admin named has proven needs no look of ours. */
export async function dueChecks(tables: PluginTables, messageIds: readonly string[]): Promise<Due[]> {
  return await tables.query<Due>(sql`
    select message.id, message.state = 'ready' as "isWhole", told.authentication
    from mail_message message
    cross join jsonb_to_record(message.understood) as told (authentication jsonb)
    where message.tenant_id = ${thisTenant} and message.id = any(${[...messageIds]}::uuid[])
      and message.state in ('ready', 'oversize') and not message.is_outgoing and not message.is_history
      and coalesce(told.authentication ->> 'source' <> 'header' or told.authentication ->> 'dmarc' <> 'pass', true)
      and not exists (
        select from mail_authentication checked where checked.tenant_id = ${thisTenant} and checked.message_id = message.id)
    order by message.received_at, message.id`);
}

/** The first verdict stays: two runs at once are one. */
export async function noteChecks(
  tables: PluginTables,
  checks: ReadonlyMap<string, SenderCheck>,
  at: Date,
): Promise<void> {
  if (checks.size === 0) return;
  const rows = [...checks].map(([id, check]) => ({ id, ...check }));
  await tables.query(sql`
    insert into mail_authentication (
        tenant_id, message_id, state, reason, domain, policy, spf, dkim, dmarc, aligned, checked_at)
      select ${thisTenant}, row.id, row.state, row.reason, row.domain, row.policy, row.spf, row.dkim, row.dmarc, row.aligned, ${at}
        from jsonb_to_recordset(${json(rows)}::jsonb) as row (
          id uuid, state text, reason text, domain text, policy text, spf text, dkim text, dmarc text, aligned boolean)
        join mail_message message on message.tenant_id = ${thisTenant} and message.id = row.id
      on conflict (tenant_id, message_id) do nothing`);
}
