import { NotFoundError, type PluginTables, RefusedError, sql, thisTenant } from '@switchboard/core/contract';

/** A reminder of one member, whom alone it concerns. */
export interface Reminder {
  readonly id: string;
  readonly object: string;
  readonly recordId: string;
  readonly note: string;
  readonly dueAt: Date;
}

interface Owned {
  readonly memberId: string;
}

const MOST_OPEN = 500;

/** Those that are not done, the next first. */
export async function openReminders(tables: PluginTables, { memberId }: Owned): Promise<Reminder[]> {
  return await tables.query<Reminder>(sql`
    select id, object, record_id as "recordId", note, due_at as "dueAt" from service_desk_reminder
    where tenant_id = ${thisTenant} and member_id = ${memberId}::uuid and done_at is null
    order by due_at, id limit ${MOST_OPEN}
  `);
}

/** The same reminder again is one. @throws RefusedError when there are too many to be of use */
export async function addReminder(tables: PluginTables, reminder: Reminder & Owned): Promise<void> {
  const { id, memberId, object, recordId, note, dueAt } = reminder;
  const [open] = await tables.query<{ count: number }>(sql`
    select count(*)::integer as count from service_desk_reminder
    where tenant_id = ${thisTenant} and member_id = ${memberId}::uuid and done_at is null
  `);
  if ((open?.count ?? 0) >= MOST_OPEN) {
    throw new RefusedError(`You have ${MOST_OPEN} reminders already`, {
      remedy: 'Tick off those that are done on “My day”.',
    });
  }
  await tables.query(sql`
    insert into service_desk_reminder (tenant_id, id, member_id, object, record_id, note, due_at)
    values (${thisTenant}, ${id}::uuid, ${memberId}::uuid, ${object}, ${recordId}::uuid, ${note}, ${dueAt})
    on conflict do nothing
  `);
}

export interface ReminderChange {
  readonly note?: string | undefined;
  readonly dueAt?: Date | undefined;
  /** False takes it up again. */
  readonly isDone?: boolean | undefined;
}

/** @throws NotFoundError, also for somebody else's */
export async function changeReminder(
  tables: PluginTables,
  { id, memberId }: Owned & { readonly id: string },
  { note, dueAt, isDone }: ReminderChange,
  now: Date,
): Promise<void> {
  const [changed] = await tables.query(sql`
    update service_desk_reminder
    set note = coalesce(${note ?? null}::text, note), due_at = coalesce(${dueAt ?? null}::timestamptz, due_at),
      done_at = case ${isDone ?? null}::boolean when true then coalesce(done_at, ${now}) when false then null
        else done_at end
    where tenant_id = ${thisTenant} and id = ${id}::uuid and member_id = ${memberId}::uuid
    returning id
  `);
  if (changed !== undefined) return;
  throw new NotFoundError('There is no such reminder of yours', { field: 'body.id', remedy: 'Load the page again.' });
}

const KEPT_DAYS = 30;

export async function forgetReminders(tables: PluginTables, now: Date): Promise<void> {
  await tables.query(sql`
    delete from service_desk_reminder
    where tenant_id = ${thisTenant} and done_at < ${now}::timestamptz - make_interval(days => ${KEPT_DAYS})
  `);
}
