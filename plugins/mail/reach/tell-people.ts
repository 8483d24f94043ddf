import {
  type CrmRecord,
  type CrmWrite,
  json,
  mailBounced,
  on,
  type PluginContext,
  type PluginTables,
  sql,
  thisTenant,
} from '@switchboard/core/contract';
import type { Context } from '../services.ts';
import { forgiveDelivered } from './forgive.ts';

type Telling = Pick<PluginContext, 'tables' | 'commit' | 'crm' | 'clock'>;

type Unreached = { readonly address: string; readonly reason: string; readonly since: Date };
type Mark = Unreached & { readonly personId: string };

/** Addresses and people that one run looks at; the next one goes on. */
const AT_ONCE = 500;

/** A bounce is told at once. */
export const tellOfBounce = on<Context, typeof mailBounced.payload>(
  mailBounced,
  async (context) => await tellPeople(context),
);

/**
 * Brings the people of the CRM in line with what is known of their addresses: marks whoever has an address that mail does not reach, and takes
 * the mark away where mail gets through, where somebody wrote from there, or where the person has another address by now.
 */
export async function tellPeople({ tables, commit, crm, clock }: Telling): Promise<void> {
  await forgiveDelivered(tables, new Date(clock.now()));
  const untold = await findUntold(tables);
  const added: Mark[] = [];
  for (const one of untold) {
    for (const { object, record } of await crm.findByEmail(one.address))
      if (object === 'person') added.push({ ...one, personId: record.id });
  }
  const over = await findOver(tables, crm);
  if (untold.length + over.length === 0) return;
  await commit({
    rows: async (own) => {
      await takeAway(own, over);
      await addMarks(own, added);
      await noteTold(own, untold);
      const personIds = [...new Set([...added, ...over].map(({ personId }) => personId))];
      return { writes: personWrites(personIds, await marksOf(own, personIds)) };
    },
  });
}

async function findUntold(tables: PluginTables): Promise<Unreached[]> {
  return await tables.query<Unreached>(sql`
    select address, concat_ws(', ', replace(reason, '-', ' '), nullif(code, '')) as reason, last_at as since
    from mail_address_state where tenant_id = ${thisTenant} and state = 'unreachable' and told_at is null
    order by last_at limit ${AT_ONCE}`);
}

/** Marks whose reason is gone. */
async function findOver(tables: PluginTables, crm: Telling['crm']): Promise<Mark[]> {
  const marks = await tables.query<Mark & { isReached: boolean }>(sql`
    select mark.person_id as "personId", mark.address, mark.reason, mark.since,
      state.state is distinct from 'unreachable' as "isReached"
    from mail_person_mark mark
    left join mail_address_state state on state.tenant_id = ${thisTenant} and state.address = mark.address
    where mark.tenant_id = ${thisTenant} order by "isReached" desc, mark.since limit ${AT_ONCE}`);
  const over: Mark[] = [];
  for (const mark of marks)
    if (mark.isReached || !addressesOf(await crm.get('person', mark.personId)).includes(mark.address)) over.push(mark);
  return over;
}

function addressesOf(person: CrmRecord | undefined): string[] {
  const emails = (person?.['emails'] ?? {}) as { primaryEmail?: unknown; additionalEmails?: unknown };
  const more = Array.isArray(emails.additionalEmails) ? emails.additionalEmails : [];
  return [emails.primaryEmail, ...more].flatMap((one) => (typeof one === 'string' ? [one.toLowerCase()] : []));
}

async function takeAway(tables: PluginTables, over: readonly Mark[]): Promise<void> {
  if (over.length === 0) return;
  await tables.query(sql`
    delete from mail_person_mark mark using jsonb_to_recordset(${json(over)}::jsonb) as told ("personId" uuid, address text)
    where mark.tenant_id = ${thisTenant} and mark.person_id = told."personId" and mark.address = told.address`);
}

async function addMarks(tables: PluginTables, marks: readonly Mark[]): Promise<void> {
  if (marks.length === 0) return;
  await tables.query(sql`
    insert into mail_person_mark (tenant_id, person_id, address, reason, since)
    select ${thisTenant}, "personId", address, reason, since
    from jsonb_to_recordset(${json(marks)}::jsonb) as told ("personId" uuid, address text, reason text, since timestamptz)
    on conflict (tenant_id, person_id, address) do update set reason = excluded.reason`);
}

async function noteTold(tables: PluginTables, untold: readonly Unreached[]): Promise<void> {
  if (untold.length === 0) return;
  await tables.query(sql`
    update mail_address_state set told_at = now()
    where tenant_id = ${thisTenant} and address = any(${untold.map(({ address }) => address)}::text[])`);
}

async function marksOf(tables: PluginTables, personIds: readonly string[]): Promise<Mark[]> {
  return await tables.query<Mark>(sql`
    select person_id as "personId", address, reason, since from mail_person_mark
    where tenant_id = ${thisTenant} and person_id = any(${[...personIds]}::uuid[]) order by since, address`);
}

function personWrites(personIds: readonly string[], marks: readonly Mark[]): CrmWrite[] {
  return personIds.map((id) => {
    const own = marks.filter(({ personId }) => personId === id);
    return {
      object: 'person',
      id,
      fields: {
        mailUndeliverable: own.length > 0,
        mailUndeliverableReason: own.map(({ address, reason }) => `${address}: ${reason}`).join('; '),
        mailUndeliverableSince: own[0]?.since.toISOString() ?? null,
      },
    };
  });
}
