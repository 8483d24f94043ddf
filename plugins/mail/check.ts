import { type CheckLine, sql, thisTenant } from '@switchboard/core/contract';
import type { Mailbox } from './mailboxes/mailbox.ts';
import { probeMailbox } from './mailboxes/probe.ts';
import { isSilent } from './receive/silence.ts';
import type { Context } from './services.ts';

/** How each mailbox stands, and whether it can be reached now, both ways apart. */
export async function check(context: Context, signal: AbortSignal): Promise<CheckLine[]> {
  const mailboxes = await context.services.mailboxes.list();
  if (mailboxes.length === 0) return [noMailbox];
  const lines = await Promise.all(mailboxes.map(async (mailbox) => await checkMailbox(context, mailbox, signal)));
  return [...lines.flat(), ...(await setAside(context)), ...(await missingCopies(context))];
}

const noMailbox: CheckLine = {
  name: 'Mailboxes',
  state: 'warning',
  code: 'mail.no-mailbox',
  detail: 'There is no mailbox yet: no mail is read and none can be sent.',
  remedy: 'Add the mailbox of the desk.',
};

async function checkMailbox(context: Context, mailbox: Mailbox, signal: AbortSignal): Promise<CheckLine[]> {
  const { address, state, stateReason } = mailbox;
  if (state === 'paused')
    return [
      {
        name: address,
        state: 'off',
        code: 'mail.paused',
        values: { address, reason: stateReason },
        detail: `It is paused. ${stateReason}`.trim(),
        remedy: 'Resume it.',
      },
    ];
  if (state === 'needs-authorisation') {
    const isPassword = mailbox.auth === 'password';
    const code = isPassword ? 'mail.needs-password' : 'mail.needs-sign-in';
    const remedy = isPassword ? 'Enter its password again.' : 'Have its owner sign in again.';
    const values = { address, reason: stateReason };
    return [{ name: address, state: 'failed', code, values, detail: `Nobody is signed in. ${stateReason}`, remedy }];
  }
  const lines = await probeMailbox(context.services.accounts, mailbox, signal);
  const named = lines.map((line) => ({ ...line, name: `${address}: ${line.name}` }));
  return [heard(context, mailbox), ...named];
}

function heard({ clock, config }: Context, mailbox: Mailbox): CheckLine {
  const name = `${mailbox.address}: last success`;
  const last = mailbox.lastSuccessAt?.toISOString() ?? 'never';
  const values = { address: mailbox.address, last: mailbox.lastSuccessAt?.toISOString() ?? '–' };
  if (!isSilent(mailbox, config.silentAfterMinutes * 60_000, clock.now()))
    return { name, state: 'ok', code: 'mail.heard', values, detail: `Last read completely: ${last}.` };
  return {
    name,
    state: 'failed',
    code: 'mail.silent',
    values: { ...values, error: mailbox.lastError },
    detail: `Nothing is heard of it. Last read completely: ${last}. ${mailbox.lastError}`.trim(),
    remedy: mailbox.lastRemedy || 'Check that a worker of the hub runs, and that it may connect to the mail server.',
  };
}

/** What was kept without being understood, and what a server does not hand out. */
async function setAside({ tables }: Context): Promise<CheckLine[]> {
  const [counts] = await tables.query<{ unreadable: number; missing: number }>(sql`
    select
      (select count(*) from mail_message where tenant_id = ${thisTenant} and state = 'unreadable' and discarded_at is null) as unreadable,
      (select count(*) from mail_placement
        where tenant_id = ${thisTenant} and message_id is null and retry_at is null) as missing`);
  const { unreadable = 0, missing = 0 } = counts ?? {};
  if (unreadable + missing === 0) return [];
  return [
    {
      name: 'Mail set aside',
      state: 'warning',
      code: 'mail.set-aside',
      values: { unreadable, missing },
      detail: `${unreadable} messages could not be read and are kept as they came; ${missing} are announced by the server and not handed out.`,
      remedy:
        'List them with "npm run hub -- mail TENANT set-aside"; after an update of the hub "set-aside/retry" reads them again.',
    },
  ];
}

/** Copies of sent mail that could not be put into Sent; the mail itself is sent. */
async function missingCopies({ tables }: Context): Promise<CheckLine[]> {
  const [found] = await tables.query<{ count: number; detail: string }>(sql`
    select count(*)::int as count, max(copy_detail) as detail from mail_outgoing
      where tenant_id = ${thisTenant} and copy_state = 'failed'`);
  if (found === undefined || found.count === 0) return [];
  return [
    {
      name: 'Copies in Sent',
      state: 'warning',
      code: 'mail.copies-missing',
      values: { count: found.count, reason: found.detail },
      detail: `${found.count} mails are sent, and lie not in the folder Sent of their mailbox. ${found.detail}.`,
      remedy: 'Make room in the mailbox, then "npm run hub -- mail TENANT mailboxes/copy-again id=MAILBOX".',
    },
  ];
}
