import { json, type PluginTables, sql, thisTenant } from '@switchboard/core/contract';
import type { Answer } from './smtp-answer.ts';

/** What becomes of transmissions, as single statements: each changes only what is in the state it must be in. */

/** Nobody hands the mail over but the run that has all of its recipients: the last step before the final dot. */
export async function begin(
  tables: PluginTables,
  mailId: string,
  { addresses, run }: { readonly addresses: readonly string[]; readonly run: string },
): Promise<boolean> {
  const rows = await tables.query(sql`
    update mail_transmission set state = 'sending', run = ${run}, tries = tries + 1, changed_at = now()
    where tenant_id = ${thisTenant} and outgoing_id = ${mailId} and state = 'queued' and address = any(${[...addresses]}::text[])
    returning address
  `);
  return rows.length === addresses.length;
}

/** Gives back what a run has claimed and not handed over. */
export async function release(tables: PluginTables, mailId: string, run: string): Promise<void> {
  await tables.query(sql`
    update mail_transmission set state = 'queued', run = '', changed_at = now()
    where tenant_id = ${thisTenant} and outgoing_id = ${mailId} and state = 'sending' and run = ${run}
  `);
}

/** An acceptance counts whoever brings it, also after somebody had given the mail up for unknown. */
export async function accept(
  tables: PluginTables,
  mailId: string,
  addresses: readonly string[],
  answer: string,
): Promise<void> {
  await tables.query(sql`
    update mail_transmission set state = 'accepted', code = '', answer = ${answer.slice(0, 500)}, changed_at = now()
    where tenant_id = ${thisTenant} and outgoing_id = ${mailId} and state in ('sending', 'unknown')
      and address = any(${[...addresses]}::text[])
  `);
}

export type Verdict = {
  readonly address: string;
  readonly answer: Answer;
  readonly state: 'failed' | 'queued' | 'unknown';
};

/** @param run says what came of its own try only; '' of any */
export async function judge(
  tables: PluginTables,
  mailId: string,
  verdicts: readonly Verdict[],
  run: string,
): Promise<void> {
  const rows = verdicts.map(({ address, state, answer }) => ({ address, state, code: answer.code, text: answer.text }));
  await tables.query(sql`
    update mail_transmission held set state = verdict.state, code = verdict.code, answer = verdict.text, changed_at = now()
    from jsonb_to_recordset(${json(rows)}::jsonb) as verdict (address text, state text, code text, text text)
    where held.tenant_id = ${thisTenant} and held.outgoing_id = ${mailId} and held.address = verdict.address
      and (held.state = 'queued' or (held.state = 'sending' and (held.run = ${run} or ${run} = '')))
  `);
}

/** The mail is done when nothing waits, is under way, or needs a person. */
export async function finish(tables: PluginTables, mailId: string): Promise<void> {
  await tables.query(sql`
    update mail_outgoing set state = 'done'
    where tenant_id = ${thisTenant} and id = ${mailId} and state = 'going' and not exists (
      select from mail_transmission where tenant_id = ${thisTenant} and outgoing_id = ${mailId}
        and state in ('queued', 'sending', 'unknown'))
  `);
}
