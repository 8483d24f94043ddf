import { type AuditNote, NotFoundError, type PluginContext, sql, thisTenant } from '@switchboard/core/contract';
import type { Config } from '../config.ts';
import { sourceKey } from './source.ts';

type Discarding = Pick<PluginContext<Config>, 'commit' | 'clock'>;

/** Who does it, as the audit log and the list name that person. */
type By = { readonly name: string; readonly email: string };

/**
 * Discards a mail that was set aside: it needs no look any more, and is kept for the time in which it can be taken back.
 *
 * @throws NotFoundError for one that is read, discarded or gone meanwhile
 */
export async function discardAside({ commit, clock }: Discarding, id: string, by: By, reason: string): Promise<void> {
  await commit({
    rows: async (tables) => {
      const changed = await tables.query(sql`
        update mail_message
          set discarded_at = ${new Date(clock.now())}, discarded_by = ${by.name}, discard_reason = ${reason}
          where tenant_id = ${thisTenant} and id = ${id}::uuid and state = 'unreadable' and discarded_at is null
          returning id`);
      if (changed.length === 0) throw noLonger();
      return { audit: [noteOf('mail.discarded', id, by, { reason })] };
    },
  });
}

/** @throws NotFoundError for one whose time is over */
export async function restoreAside({ commit }: Pick<Discarding, 'commit'>, id: string, by: By): Promise<void> {
  await commit({
    rows: async (tables) => {
      const changed = await tables.query(sql`
        update mail_message set discarded_at = null, discarded_by = '', discard_reason = ''
          where tenant_id = ${thisTenant} and id = ${id}::uuid and state = 'unreadable' and discarded_at is not null
            and swept_at is null
          returning id`);
      if (changed.length === 0) throw noLonger();
      return { audit: [noteOf('mail.restored', id, by, {})] };
    },
  });
}

function noteOf(action: string, id: string, { email }: By, details: Readonly<Record<string, unknown>>): AuditNote {
  return { actor: email, action, subject: `mail/${id}`, details };
}

function noLonger(): NotFoundError {
  return new NotFoundError('The mail does not lie here any more', {
    field: 'id',
    remedy: 'Somebody else may have decided meanwhile. Load the list again.',
  });
}

const DAY_MS = 86_400_000;
const SWEPT_AT_A_TIME = 200;

/** Until when a mail that was discarded then can be taken back. */
export function keptUntil(discardedAt: Date, { discardedKeptDays }: Pick<Config, 'discardedKeptDays'>): Date {
  return new Date(discardedAt.getTime() + discardedKeptDays * DAY_MS);
}

/** Removes the bytes of mails that were discarded long enough ago. That they were there, and who discarded them, stays. */
export async function sweepDiscarded(
  { commit, clock, config }: Discarding & Pick<PluginContext<Config>, 'config'>,
  signal: AbortSignal,
): Promise<void> {
  const before = new Date(clock.now() - config.discardedKeptDays * DAY_MS);
  for (let more = true; more;) {
    signal.throwIfAborted();
    await commit({
      rows: async (tables) => {
        const swept = await tables.query<{ id: string; isLarge: boolean }>(sql`
          with due as (
            select id, source_file is not null as "isLarge" from mail_message
              where tenant_id = ${thisTenant} and state = 'unreadable' and discarded_at < ${before} and swept_at is null
              order by discarded_at limit ${SWEPT_AT_A_TIME} for update skip locked)
          update mail_message message set swept_at = ${new Date(clock.now())}, source_file = null
            from due where message.tenant_id = ${thisTenant} and message.id = due.id
            returning message.id, due."isLarge"`);
        const ids = swept.map(({ id }) => id);
        await tables.query(sql`
          delete from mail_source where tenant_id = ${thisTenant} and message_id = any(${ids}::uuid[])`);
        more = swept.length === SWEPT_AT_A_TIME;
        return {
          keeps: swept.filter(({ isLarge }) => isLarge).map(({ id }) => ({ key: sourceKey(id), file: undefined })),
        };
      },
    });
  }
}
