import { type PluginContext, sql, thisTenant } from '@switchboard/core/contract';
import type { Mailbox } from '../mailboxes/mailbox.ts';

/** Whether nothing was heard of a mailbox that should be read for longer than an admin wants to accept. */
export function isSilent(mailbox: Mailbox, silentAfterMs: number, now: number): boolean {
  if (!mailbox.isActive) return false;
  return now - (mailbox.lastSuccessAt ?? mailbox.updatedAt).getTime() > silentAfterMs;
}

/** Tells of every silence once, and of its end. */
export async function reportSilence(
  { commit, clock, log }: Pick<PluginContext, 'commit' | 'clock' | 'log'>,
  mailboxes: readonly Mailbox[],
  silentAfterMs: number,
): Promise<void> {
  const now = clock.now();
  for (const mailbox of mailboxes) {
    const silent = isSilent(mailbox, silentAfterMs, now);
    if (silent === (mailbox.silentSince !== undefined)) continue;
    if (silent) log.error({ mailbox: mailbox.id, lastSuccessAt: mailbox.lastSuccessAt }, 'A mailbox is silent');
    const summary = silent
      ? `The mailbox ${mailbox.address} could not be read for ${Math.round(silentAfterMs / 60_000)} minutes: ${mailbox.lastError || 'the server does not answer'}.`
      : `The mailbox ${mailbox.address} is read again.`;
    await commit({
      rows: async (tables) => {
        await tables.query(sql`
          update mail_mailbox set silent_since = ${silent ? new Date(now) : null}
            where tenant_id = ${thisTenant} and id = ${mailbox.id}::uuid`);
      },
      // One that is not to be read any more has ended its silence, but nobody reads it again.
      notes:
        silent || mailbox.isActive
          ? [{ direction: 'in', kind: 'mailbox', result: silent ? 'failed' : 'done', summary }]
          : [],
    });
  }
}
