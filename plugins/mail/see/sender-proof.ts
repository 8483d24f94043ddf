import { sql, thisTenant } from '@switchboard/core/contract';
import type { SenderCheck } from '../prove/checks.ts';
import type { Authentication } from '../understand/understood.ts';

/** What is known about whether a mail comes from the domain that it names. */
export type SenderProof = {
  /** suspicious: it does not prove it, and the domain asks to have such mail refused or set apart. unproven: no more than that nothing proves it. */
  readonly verdict: 'proven' | 'unproven' | 'suspicious' | 'not-checked';
  /** hub: checked by us. server: said by the server that the admin named. */
  readonly by: 'hub' | 'server';
  readonly reason: SenderCheck['reason'];
  readonly domain: string;
  readonly policy: SenderCheck['policy'];
  readonly spf: string;
  readonly dkim: string;
  readonly dmarc: string;
};

/** The check of a mail as a column, null as long as there is none. Of statements that call the message `message`. */
export const checkColumn = sql`(
  select to_jsonb(checked) from mail_authentication checked
    where checked.tenant_id = ${thisTenant} and checked.message_id = message.id)`;

/** @returns null where nobody has looked, or not yet */
export function proofOf(check: SenderCheck | null, said: Authentication | null): SenderProof | null {
  if (check !== null) {
    const { reason, domain, policy, spf, dkim, dmarc } = check;
    return { verdict: verdictOf(check), by: 'hub', reason, domain, policy, spf, dkim, dmarc };
  }
  if (said?.source !== 'header') return null;
  const { spf, dkim, dmarc, aligned } = said;
  // What the domain asks for is not known here: the server that refused to pass it is believed.
  const verdict = dmarc === 'fail' ? 'suspicious' : aligned ? 'proven' : 'unproven';
  return { verdict, by: 'server', reason: '', domain: '', policy: '', spf, dkim, dmarc };
}

function verdictOf({ state, dmarc, policy, aligned }: SenderCheck): SenderProof['verdict'] {
  if (state === 'not-checked') return 'not-checked';
  if (dmarc === 'fail' && (policy === 'quarantine' || policy === 'reject')) return 'suspicious';
  return aligned ? 'proven' : 'unproven';
}
