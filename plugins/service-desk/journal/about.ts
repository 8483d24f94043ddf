import type { MemberReader, RecordRef } from '@switchboard/core/contract';
import { sql, thisTenant } from '@switchboard/core/contract';
import { mergedInto } from '../merge/store.ts';
import type { Context } from '../services.ts';

const MOST = 200;

/**
 * What the journal of a case is about: the case, its calls and its messages, and those of the cases that go on in it. What a call went through
 * before it was filed belongs to it as well.
 */
export async function aboutCase(
  context: Pick<Context, 'tables' | 'crm'>,
  crm: Pick<MemberReader, 'findBy'>,
  caseId: string,
): Promise<RecordRef[]> {
  const merged = await mergedInto(context.tables, caseId);
  const ids = [caseId, ...merged.map((merge) => merge.caseId)];
  return (await Promise.all(ids.map(async (id) => await aboutOne(context, crm, id)))).flat();
}

async function aboutOne(
  { tables, crm: all }: Pick<Context, 'tables' | 'crm'>,
  crm: Pick<MemberReader, 'findBy'>,
  caseId: string,
): Promise<RecordRef[]> {
  const [calls, messages, filed] = await Promise.all([
    crm.findBy('phoneCall', 'serviceCaseId', caseId, MOST),
    // What of a mail a member sees is decided entry by entry.
    all.findBy('caseMessage', 'serviceCaseId', caseId, MOST),
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
