import {
  defineTopic,
  json,
  live,
  type LiveChange,
  type PluginTables,
  sql,
  thisTenant,
} from '@switchboard/core/contract';
import { z } from 'zod';

const news = z.object({
  /** `clash`: two have changed the same field, and only the first was saved. */
  kind: z.enum(['changed', 'noted', 'clash', 'deleted']),
  /** Null: somebody in Twenty. */
  byId: z.uuid().nullable(),
  by: z.string(),
  /** Names of fields, no values. */
  fields: z.array(z.string()).readonly(),
  at: z.iso.datetime(),
});

export type News = z.output<typeof news>;

/** Who has a case open just now, and what happened to it last: one item per case that somebody looks at. */
export const caseWorkTopic = defineTopic(
  'case-work',
  z.object({
    people: z.array(
      z.object({ memberId: z.uuid(), name: z.string(), isEditing: z.boolean(), since: z.iso.datetime() }),
    ),
    news: news.nullable(),
  }),
  { object: 'serviceCase' },
);

/** Pages say every 20 seconds that they are open. */
const BELIEVED_SECONDS = 50;
const SHOWN_MS = 60_000;

type Person = { readonly memberId: string; readonly name: string; readonly isEditing: boolean; readonly since: Date };

/** @param told replaces what was told last */
export async function caseWork(
  tables: PluginTables,
  caseId: string,
  now: number,
  told?: Omit<News, 'at'>,
): Promise<LiveChange> {
  if (told !== undefined) {
    const next = { ...told, at: new Date(now).toISOString() } satisfies News;
    await tables.query(sql`
      update service_desk_case set news = ${json(next)}::jsonb where tenant_id = ${thisTenant} and case_id = ${caseId}`);
  }
  const [row] = await tables.query<{ news: News | null }>(sql`
    select news from service_desk_case where tenant_id = ${thisTenant} and case_id = ${caseId}`);
  const people = await tables.query<Person>(sql`
    select member_id as "memberId", member_name as name, is_editing as "isEditing", since
    from service_desk_presence
    where tenant_id = ${thisTenant} and case_id = ${caseId}
      and seen_at > ${new Date(now - BELIEVED_SECONDS * 1000)}
    order by since, member_id limit 50`);
  const shown = people.map((person) => ({ ...person, since: person.since.toISOString() }));
  return live(
    caseWorkTopic,
    caseId,
    { people: shown, news: row?.news ?? null },
    { expiresAt: new Date(now + SHOWN_MS) },
  );
}
