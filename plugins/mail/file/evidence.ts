import { job, sql, thisTenant } from '@switchboard/core/contract';
import { tellPeople } from '../reach/work.ts';
import type { SendContext } from '../send/context.ts';
import { recorded } from '../send/record-outcome.ts';
import { accept } from '../send/settle.ts';
import { unmark } from './address-marks.ts';
import type { Arrived } from './arrived.ts';
import type { OwnIds } from './own-ids.ts';
import { newestFirst } from './references.ts';
import type { Report } from './reports.ts';

type Seen = { readonly mails: readonly Arrived[]; readonly reports: readonly Report[] };

/**
 * What mail that came proves about mail that went: who answers has received it, what lies in Sent was taken, and what came back has been on its
 * way. So mails whose acceptance was lost settle by themselves.
 */
export async function noteEvidence(context: SendContext, ids: OwnIds, { mails, reports }: Seen): Promise<void> {
  const people = mails.filter(({ verdict, isOutgoing, isHistory }) => verdict === 'human' && !isOutgoing && !isHistory);
  const reached = await unmark(context.tables, [...new Set(people.map(({ fromAddress }) => fromAddress))]);
  if (reached.length > 0) await context.commit({ jobs: [job(tellPeople, {}, `reached/${people[0]?.id}`)] });
  const answered = mails.flatMap((mail) =>
    newestFirst(mail)
      .flatMap((id) => ids.read(id)?.mailId ?? [])
      .map((mailId) => ({ mailId, address: mail.fromAddress })),
  );
  const proven = reports.flatMap(({ mailId }) => mailId ?? []);
  const mailIds = [...new Set([...answered.map(({ mailId }) => mailId), ...proven])];
  if (mailIds.length === 0) return;
  const lost = await context.tables.query<{ mailId: string; address: string }>(sql`
    select outgoing_id as "mailId", address from mail_transmission
    where tenant_id = ${thisTenant} and outgoing_id = any(${mailIds}::uuid[]) and state = 'unknown'
  `);
  const isProven = ({ mailId, address }: { readonly mailId: string; readonly address: string }) =>
    proven.includes(mailId) || answered.some((one) => one.mailId === mailId && one.address === address);
  for (const one of lost.filter(isProven)) {
    const { mailId, address } = one;
    await recorded(context, mailId, (tables) => accept(tables, mailId, [address], 'Seen by what came after it.'));
  }
}
