import { nextPage, type PageEnd, type PluginContext, type Sql, sql, thisTenant } from '@switchboard/core/contract';
import {
  outgoingColumns,
  type StoredOutgoing,
  type Transmission,
  transmissionsOf,
  waitsForMailbox,
} from '../send/outgoing.ts';
import { namedCases } from './named-cases.ts';
import { isOwn } from './visible.ts';
import type { Viewer } from './viewer.ts';

export type SentPage = {
  /** Where the page before ended. */
  readonly before: PageEnd | undefined;
  readonly limit: number;
  /** For administrators: of this author alone. */
  readonly authorId: string | undefined;
  /** Words of the subject, or a part of an address or a name. */
  readonly search: string | undefined;
  readonly state: SentStateFilter | undefined;
  /** The mails of one request, and of those that were made beside it (`REQUEST/…`). */
  readonly requestId: string | undefined;
};

/** What a list can be narrowed to. */
export const sentStates = ['waiting', 'sent', 'failed', 'bounced', 'unknown', 'undone'] as const;
type SentStateFilter = (typeof sentStates)[number];

/** What the viewer has sent, the newest first; by permission what everybody sent. */
export async function sentList(
  { tables, crm }: Pick<PluginContext, 'tables' | 'crm'>,
  viewer: Viewer,
  { before, limit, authorId, search, state, requestId }: SentPage,
): Promise<{ mails: ShownSent[]; next: string | null }> {
  const pattern = search === undefined ? null : `%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const request = requestId ?? null;
  const mails = await tables.query<Listed>(sql`
    select ${outgoingColumns}, ${waitsForMailbox} as "waitsForMailbox",
      to_char(mail.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
    from mail_outgoing mail
    where mail.tenant_id = ${thisTenant} and ${isOwn(viewer)}
      and (${before?.at ?? null}::timestamptz is null
        or (mail.created_at, mail.id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid))
      and (${authorId ?? null}::uuid is null or mail.author_id = ${authorId ?? null}::uuid)
      and (${pattern}::text is null or mail.subject ilike ${pattern} or (mail.people - 'from')::text ilike ${pattern})
      and (${request}::text is null or mail.request_key = ${request} or starts_with(mail.request_key, ${request} || '/'))
      and ${inState(state)}
    order by mail.created_at desc, mail.id desc limit ${limit}
  `);
  const transmissions = await transmissionsOf(
    tables,
    mails.map(({ id }) => id),
  );
  const cases = await namedCases(
    viewer.crm ?? crm,
    mails.map(({ caseId }) => caseId),
  );
  const shown = mails.map((mail) => ({
    ...shownSent(mail, transmissions),
    case: cases.get(mail.caseId ?? '') ?? null,
  }));
  return { mails: shown, next: nextPage(mails, limit) };
}

export type ShownSent = ReturnType<typeof shownSent> & {
  /** Null where it has none, or one that the viewer may not see. */
  readonly case: { readonly id: string; readonly number: string; readonly subject: string } | null;
};

type Listed = StoredOutgoing & PageEnd & { readonly waitsForMailbox: boolean };

function inState(state: SentStateFilter | undefined) {
  if (state === undefined) return sql`true`;
  if (state === 'undone') return sql`mail.state = 'undone'`;
  if (state === 'waiting')
    return sql`(mail.state = 'waiting' or exists (${held(sql`one.state in ('queued', 'sending')`)} and mail.state = 'going'))`;
  if (state === 'bounced') return sql`exists (${held(sql`one.bounced_at is not null`)})`;
  const wanted = state === 'sent' ? 'accepted' : state;
  return sql`exists (${held(sql`one.state = ${wanted} and one.bounced_at is null`)})`;
}

const held = (condition: Sql) => sql`
  select from mail_transmission one where one.tenant_id = ${thisTenant} and one.outgoing_id = mail.id and ${condition}`;

/**
 * Who has sent something that the viewer may see in the list, under the name of the newest mail. Goes from author to author along the index instead of
 * through all mails: an office has fifty of the ones and a hundred thousand of the others.
 */
export async function sentAuthors({ tables }: Pick<PluginContext, 'tables'>, viewer: Viewer): Promise<object[]> {
  const next = (after: Sql) => sql`
    select author_id from mail_outgoing where tenant_id = ${thisTenant} and ${after} order by author_id limit 1`;
  return await tables.query(sql`
    with recursive author (id) as (
      (${next(sql`author_id is not null`)})
      union all select (${next(sql`author_id > author.id`)}) from author where author.id is not null
    )
    select author.id, mail.author_name as name from author cross join lateral (
      select author_id, author_name from mail_outgoing
      where tenant_id = ${thisTenant} and author_id = author.id order by created_at desc limit 1
    ) mail
    where ${isOwn(viewer)} order by name, author.id limit 1000
  `);
}

/** As its author and administrators see it, hidden recipients among the others. */
function shownSent(mail: Listed, transmissions: readonly Transmission[]) {
  return {
    id: mail.id,
    requestId: mail.requestKey,
    mailboxId: mail.mailboxId,
    authorId: mail.authorId,
    authorName: mail.authorName,
    caseId: mail.caseId,
    malfunctionId: mail.malfunctionId,
    ...mail.people,
    subject: mail.subject,
    attachments: mail.attachments.map(({ name, bytes }) => ({ name, bytes })),
    state: mail.state,
    waitsForMailbox: mail.waitsForMailbox,
    goesAt: mail.goAt,
    createdAt: mail.createdAt,
    sentCopy: { state: mail.copyState, detail: mail.copyDetail },
    recipients: transmissions.filter(({ mailId }) => mailId === mail.id).map(shownTransmission),
  };
}

export function shownTransmission(one: Transmission) {
  const { address, role, state, code, answer, tries, changedAt, bouncedAt, bounceReason } = one;
  return { address, role, state, code, answer, tries, changedAt, bouncedAt, bounceReason };
}
