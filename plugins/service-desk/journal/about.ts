import type { MemberReader, RecordRef } from '@switchboard/core/contract';
import { sql, thisTenant } from '@switchboard/core/contract';
import type { Context } from '../services.ts';

const MOST = 200;

/** What the journal of a case is about: the case, its calls and its messages. What a call went through before it was filed belongs to it as well. */
export async function aboutCase(
  { tables }: Pick<Context, 'tables'>,
  crm: Pick<MemberReader, 'findBy'>,
  caseId: string,
): Promise<RecordRef[]> {
  const [calls, messages, filed] = await Promise.all([
    crm.findBy('phoneCall', 'serviceCaseId', caseId, MOST),
    crm.findBy('caseMessage', 'serviceCaseId', caseId, MOST),
    tables.query<{ callId: string }>(sql`
      select call_id as "callId" from service_desk_call
      where tenant_id = ${thisTenant} and case_id = ${caseId} limit ${MOST}`),
  ]);
  const callIds = new Set([...calls.map(({ id }) => id), ...filed.map(({ callId }) => callId)]);
  return [
    { object: 'serviceCase', id: caseId },
    ...[...callIds].map((id) => ({ object: 'phoneCall', id })),
    ...messages.map(({ id }) => ({ object: 'caseMessage', id })),
  ];
}
