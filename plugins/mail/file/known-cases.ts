import { type CrmReader, type CrmRecord, type PluginTables, sql, thisTenant } from '@switchboard/core/contract';
import { normalAddress } from './address.ts';
import type { Arrived } from './arrived.ts';
import { isClosed, livingCase } from './case-state.ts';
import type { Hint, KnownCase } from './decide.ts';
import type { OwnIds } from './own-ids.ts';
import { participantsOf } from './participants.ts';
import { newestFirst } from './references.ts';
import { numberInSubject } from './subject.ts';

/** What of a mail points to a case, before anybody knows whether that case is there. */
type Pointer = { readonly by: Hint['by']; readonly caseId: string };

type Sources = { readonly crm: CrmReader; readonly tables: PluginTables; readonly ids: OwnIds };

/** What each mail of a batch points to, in the order of trust; the newest reference first within one kind. */
export async function pointersOf(
  { crm, tables, ids }: Sources,
  mails: readonly Arrived[],
): Promise<ReadonlyMap<string, readonly Pointer[]>> {
  const chains = new Map(mails.map((mail) => [mail.id, newestFirst(mail)]));
  const named = [...chains.values()].flat();
  const [stored, numbers] = await Promise.all([
    storedCases(tables, [...new Set([...named, ...mails.map(({ messageId }) => messageId)])].filter(Boolean)),
    casesByNumber(crm, mails),
  ]);
  return new Map(
    mails.map((mail) => {
      const chain = chains.get(mail.id) ?? [];
      const own = chain.flatMap((id) => ids.read(id) ?? []);
      const byNumber = numbers.get(numberInSubject(mail.subject));
      return [
        mail.id,
        [
          ...own.map(({ caseId, mailId }) => pointer(mailId === undefined ? 'case-token' : 'token', caseId)),
          ...[...chain, mail.messageId].flatMap((id) => stored.get(id) ?? []).map((id) => pointer('reference', id)),
          ...(byNumber === undefined ? [] : [pointer('subject', byNumber)]),
        ],
      ];
    }),
  );
}

const pointer = (by: Pointer['by'], caseId: string): Pointer => ({ by, caseId });

/**
 * Cases by the id of a mail in them, of a mail of ours whose id the server has replaced, or of a mail that those in them name: an answer may come
 * before what it answers, and two answers to a mail that never came to us belong together.
 */
async function storedCases(tables: PluginTables, ids: readonly string[]): Promise<Map<string, string[]>> {
  if (ids.length === 0) return new Map();
  const list = [...ids];
  const rows = await tables.query<{ id: string; caseId: string }>(sql`
    select id, "caseId" from (
      select message.message_id as id, filing.case_id as "caseId", 1 as rank
      from mail_message message
      join mail_filing filing on filing.tenant_id = ${thisTenant} and filing.message_id = message.id
      where message.tenant_id = ${thisTenant} and message.message_id = any(${list}::text[]) and filing.case_id is not null
      union all
      select server_message_id, case_id, 1 from mail_outgoing
      where tenant_id = ${thisTenant} and server_message_id <> '' and server_message_id = any(${list}::text[])
        and case_id is not null
      union all
      select reference.named, filing.case_id, 2
      from mail_reference reference
      join mail_filing filing on filing.tenant_id = ${thisTenant} and filing.message_id = reference.message_id
      where reference.tenant_id = ${thisTenant} and reference.named = any(${list}::text[]) and filing.case_id is not null
    ) found
    order by rank
  `);
  const found = new Map<string, string[]>();
  for (const { id, caseId } of rows) found.set(id, [...(found.get(id) ?? []), caseId]);
  return found;
}

async function casesByNumber(crm: CrmReader, mails: readonly Arrived[]): Promise<Map<string, string>> {
  const numbers = [...new Set(mails.map(({ subject }) => numberInSubject(subject)))].filter((number) => number !== '');
  const found = new Map<string, string>();
  for (const number of numbers) {
    const [one, ...others] = await crm.findBy('serviceCase', 'number', number, 2);
    if (one !== undefined && others.length === 0) found.set(number, one.id);
  }
  return found;
}

/** The cases behind the pointers, each by the id that was asked for: a merged case is the one it became. */
export async function knownCases(
  { crm, tables }: Pick<Sources, 'crm' | 'tables'>,
  caseIds: readonly string[],
): Promise<Map<string, KnownCase>> {
  const wanted = [...new Set(caseIds)];
  const living = new Map<string, CrmRecord>();
  for (const id of wanted) {
    const record = await livingCase(crm, id);
    if (record !== undefined) living.set(id, record);
  }
  // Who took part before the cases were merged takes part now.
  const everybody = await participantsOf(tables, [
    ...new Set([...wanted, ...[...living.values()].map(({ id }) => id)]),
  ]);
  const known = new Map<string, KnownCase>();
  for (const [id, record] of living) {
    const contact = await contactAddresses(crm, record);
    const participants = new Set([...contact, ...(everybody.get(id) ?? []), ...(everybody.get(record.id) ?? [])]);
    const companyId = typeof record['companyId'] === 'string' ? record['companyId'] || undefined : undefined;
    known.set(id, { id: record.id, isClosed: isClosed(record), participants, companyId });
  }
  for (const { id, companyId } of await newCases(
    tables,
    wanted.filter((one) => !living.has(one)),
  ))
    known.set(id, {
      id,
      isClosed: false,
      participants: everybody.get(id) ?? new Set(),
      companyId: companyId ?? undefined,
    });
  return known;
}

/** Cases that mail has opened a moment ago and that the CRM has not told of yet. */
async function newCases(tables: PluginTables, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return await tables.query<{ id: string; companyId: string | null }>(sql`
    select distinct on (case_id) case_id as id, company_id as "companyId" from mail_filing
    where tenant_id = ${thisTenant} and case_id = any(${[...ids]}::uuid[]) and outcome in ('case-opened', 'followed-up')
      and filed_at > now() - interval '1 day'
    order by case_id, filed_at
  `);
}

async function contactAddresses(crm: CrmReader, { personId }: CrmRecord): Promise<string[]> {
  const person = typeof personId === 'string' && personId !== '' ? await crm.get('person', personId) : undefined;
  const emails = person?.['emails'] as { primaryEmail?: unknown; additionalEmails?: unknown } | undefined;
  const additional = Array.isArray(emails?.additionalEmails) ? (emails.additionalEmails as unknown[]) : [];
  return [emails?.primaryEmail, ...additional].filter((one) => typeof one === 'string').map(normalAddress);
}
