import { type PluginTables, sql, SwitchboardError, thisTenant } from '@switchboard/core/contract';
import type { Arrived } from './arrived.ts';
import { newestFirst } from './references.ts';

/** Cases by the ids of the mails that lead to them. */
export type ThreadCases = ReadonlyMap<string, readonly string[]>;

type Threaded = Pick<Arrived, 'messageId' | 'inReplyTo' | 'references'>;

/** The ids by which a mail and the others of its conversation find each other, the newest first and its own at the end. */
export function threadIds(mail: Threaded): string[] {
  return [...newestFirst(mail), mail.messageId].filter((id) => id !== '');
}

/**
 * Cases by the id of a mail in them, of a mail of ours whose id the server has replaced, or of a mail that those in them name: an answer may come
 * before what it answers, and two answers to a mail that never came to us belong together.
 */
export async function threadCases(tables: PluginTables, mails: readonly Threaded[]): Promise<ThreadCases> {
  const ids = idsOf(mails);
  if (ids.length === 0) return new Map();
  const rows = await tables.query<{ id: string; caseId: string }>(sql`
    select id, "caseId" from (
      select message.message_id as id, filing.case_id as "caseId", 1 as rank
      from mail_message message
      join mail_filing filing on filing.tenant_id = ${thisTenant} and filing.message_id = message.id
      where message.tenant_id = ${thisTenant} and message.message_id = any(${ids}::text[]) and message.message_id <> ''
        and filing.case_id is not null
      union all
      select server_message_id, case_id, 1 from mail_outgoing
      where tenant_id = ${thisTenant} and server_message_id <> '' and server_message_id = any(${ids}::text[])
        and case_id is not null
      union all
      select reference.named, filing.case_id, 2
      from mail_reference reference
      join mail_filing filing on filing.tenant_id = ${thisTenant} and filing.message_id = reference.message_id
      where reference.tenant_id = ${thisTenant} and reference.named = any(${ids}::text[]) and filing.case_id is not null
    ) found
    order by rank
  `);
  const found = Map.groupBy(rows, ({ id }) => id);
  return new Map([...found].map(([id, all]) => [id, all.map(({ caseId }) => caseId)]));
}

const idsOf = (mails: readonly Threaded[]): string[] => [...new Set(mails.flatMap(threadIds))];

/** Mail of the same conversation was filed while this was decided. */
export class OutdatedError extends SwitchboardError {
  readonly code = 'outdated';
  readonly retry = 'backoff';
}

/** A mail that is about to come into a case, and the case. */
type Joining = { readonly mail: Threaded; readonly caseId: string };

/**
 * To be called in the commit of a decision. A mail and its answer may be filed by two jobs at once, and each would open a case because neither
 * knows of the other's: so whoever files into a case waits here for those who file mail of the same conversations, and then looks whether they
 * have come to a case that the decision did not know. Other mail waits for nobody.
 *
 * @param known what the decision was made on
 * @throws OutdatedError when it has to be made again
 */
export async function confirmThreads(
  tables: PluginTables,
  joining: readonly Joining[],
  known: ThreadCases,
): Promise<void> {
  if (joining.length === 0) return;
  const mails = joining.map(({ mail }) => mail);
  await holdThreads(tables, idsOf(mails));
  const now = await threadCases(tables, mails);
  const isNews = (id: string, caseId: string) =>
    now.get(id)?.some((one) => one !== caseId && !known.get(id)?.includes(one));
  if (joining.some(({ mail, caseId }) => threadIds(mail).some((id) => isNews(id, caseId))))
    throw new OutdatedError('Mail of the same conversation was filed meanwhile');
}

/**
 * Of two mails that name each other, or a third one, the later was stored when the rows of the earlier were there, so both jobs come to a row
 * that the other holds. Always in the same order, so that nobody waits in a circle.
 */
async function holdThreads(tables: PluginTables, ids: readonly string[]): Promise<void> {
  await tables.query(sql`
    select from mail_message where tenant_id = ${thisTenant} and message_id = any(${[...ids]}::text[]) and message_id <> ''
    order by id for no key update`);
  await tables.query(sql`
    select from mail_reference where tenant_id = ${thisTenant} and named = any(${[...ids]}::text[])
    order by named, message_id for no key update`);
}
