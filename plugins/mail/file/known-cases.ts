import {
  type CaseRules,
  type CrmReader,
  type CrmRecord,
  type PluginTables,
  sql,
  thisTenant,
} from '@switchboard/core/contract';
import { normalAddress } from './address.ts';
import type { Arrived } from './arrived.ts';
import { isClosed, livingCases } from './case-state.ts';
import type { Hint, KnownCase } from './decide.ts';
import type { OwnIds } from './own-ids.ts';
import { participantsOf } from './participants.ts';
import { newestFirst } from './references.ts';
import { numberInSubject } from './subject.ts';
import { type ThreadCases, threadIds } from './thread-cases.ts';

/** What of a mail points to a case, before anybody knows whether that case is there. */
type Pointer = { readonly by: Hint['by']; readonly caseId: string };

type Sources = { readonly crm: CrmReader; readonly tables: PluginTables; readonly ids: OwnIds };

/** What each mail of a batch points to, in the order of trust; the newest reference first within one kind. */
export type Pointers = ReadonlyMap<string, readonly Pointer[]>;

/** @param threads the cases that the ids in the mails lead to */
export async function pointersOf(
  { crm, ids }: Pick<Sources, 'crm' | 'ids'>,
  mails: readonly Arrived[],
  threads: ThreadCases,
): Promise<Pointers> {
  const numbers = await casesByNumber(crm, mails);
  return new Map(
    mails.map((mail) => {
      const own = newestFirst(mail).flatMap((id) => ids.read(id) ?? []);
      const byNumber = numbers.get(numberInSubject(mail.subject));
      return [
        mail.id,
        [
          ...own.map(({ caseId, mailId }) => pointer(mailId === undefined ? 'case-token' : 'token', caseId)),
          ...threadIds(mail)
            .flatMap((id) => threads.get(id) ?? [])
            .map((id) => pointer('reference', id)),
          ...(byNumber === undefined ? [] : [pointer('subject', byNumber)]),
        ],
      ];
    }),
  );
}

const pointer = (by: Pointer['by'], caseId: string): Pointer => ({ by, caseId });

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
  { rules, now }: { readonly rules: CaseRules | undefined; readonly now: Date },
): Promise<Map<string, KnownCase>> {
  const wanted = [...new Set(caseIds)];
  const living = await livingCases(crm, wanted);
  // Who took part before the cases were merged takes part now.
  const everybody = await participantsOf(tables, [
    ...new Set([...wanted, ...[...living.values()].map(({ id }) => id)]),
  ]);
  const contacts = await contactsOf(crm, [...living.values()]);
  const known = new Map<string, KnownCase>();
  for (const [id, record] of living) {
    const contact = contacts.get(contactOf(record)) ?? [];
    const participants = new Set([...contact, ...(everybody.get(id) ?? []), ...(everybody.get(record.id) ?? [])]);
    const companyId = typeof record['companyId'] === 'string' ? record['companyId'] || undefined : undefined;
    const isOver = isClosed(record);
    const staysClosed = isOver && rules?.afterEnd(record, now) === 'follow-up';
    known.set(id, { id: record.id, isClosed: isOver, staysClosed, participants, companyId });
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

const contactOf = ({ personId }: CrmRecord): string => (typeof personId === 'string' ? personId : '');

/** Addresses of the contacts of cases, by person. */
async function contactsOf(crm: CrmReader, cases: readonly CrmRecord[]): Promise<ReadonlyMap<string, string[]>> {
  const persons = await crm.getMany('person', cases.map(contactOf));
  return new Map([...persons].map(([id, { emails }]) => [id, addressesIn(emails)]));
}

function addressesIn(value: unknown): string[] {
  const emails = value as { primaryEmail?: unknown; additionalEmails?: unknown } | undefined;
  const additional = Array.isArray(emails?.additionalEmails) ? (emails.additionalEmails as unknown[]) : [];
  return [emails?.primaryEmail, ...additional].filter((one) => typeof one === 'string').map(normalAddress);
}
