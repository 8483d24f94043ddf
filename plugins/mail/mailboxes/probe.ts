import { type CheckLine, SwitchboardError } from '@switchboard/core/contract';
import { explain, MailServerError, type Trouble } from '../client/errors.ts';
import { signInToSmtp } from '../client/smtp-probe.ts';
import { chooseFolders } from '../receive/folder.ts';
import type { Accounts, Reached } from './accounts.ts';
import type { Server } from './settings.ts';

/** Tries both ways of a mailbox apart: one may be switched off where the other works. */
export async function probeMailbox(accounts: Accounts, mailbox: Reached, signal: AbortSignal): Promise<CheckLine[]> {
  const { imap, smtp } = mailbox.settings;
  const lines = await Promise.all([
    attempt('IMAP (reading)', imap, async () => await probeImap(accounts, mailbox, signal)),
    attempt('SMTP (sending)', smtp, async () => await probeSmtp(accounts, mailbox, signal)),
  ]);
  return lines.map((line) => ({ ...line, values: { ...line.values, address: mailbox.address } }));
}

type Seen = Omit<CheckLine, 'name'>;

const codes: Readonly<Record<Trouble, string>> = {
  credentials: 'mail.refused',
  'not-connected': 'mail.not-connected',
  certificate: 'mail.certificate',
  throttled: 'mail.throttled',
  full: 'mail.full',
  declined: 'mail.declined',
  unreachable: 'mail.unreachable',
};

async function attempt(name: string, { host, port }: Server, work: () => Promise<Seen>): Promise<CheckLine> {
  try {
    return { name, ...(await work()) };
  } catch (error) {
    const known = error instanceof SwitchboardError ? error : undefined;
    const finding =
      error instanceof MailServerError
        ? { code: codes[error.trouble], values: { place: `${host}:${port}`, said: error.message } }
        : {};
    return {
      name,
      ...finding,
      state: 'failed',
      detail: `${known?.message ?? 'It failed unexpectedly; the log of the hub has the details'}.`,
      remedy: known?.remedy ?? 'Try again; if it stays so, look into the log of the hub.',
    };
  }
}

async function probeImap(accounts: Accounts, mailbox: Reached, signal: AbortSignal): Promise<Seen> {
  const imap = await accounts.connect(mailbox, signal);
  try {
    const folders = chooseFolders(await imap.folders(), mailbox.settings.folders);
    const { messages } = await imap.select(folders[0]?.path ?? 'INBOX');
    const idle = imap.canIdle ? 'tells of new mail at once' : 'has to be asked for new mail every minute';
    const detail = `Signed in to ${mailbox.settings.imap.host}; ${messages} messages in the inbox; the server ${idle}.`;
    const values = { host: mailbox.settings.imap.host, messages };
    const code = imap.canIdle ? 'mail.imap-tells' : 'mail.imap-asked';
    if (folders.some(({ role }) => role === 'sent')) return { state: 'ok', code, values, detail };
    return {
      state: 'warning',
      code: 'mail.imap-without-sent',
      values,
      detail: `${detail} There is no folder for sent mail.`,
      remedy: 'Make a folder "Sent" in the mailbox, so that what is sent from the hub is kept there, too.',
    };
  } finally {
    imap.close();
  }
}

async function probeSmtp(accounts: Accounts, mailbox: Reached, signal: AbortSignal): Promise<Seen> {
  const { smtp } = mailbox.settings;
  const account = await accounts.smtp(mailbox);
  try {
    await signInToSmtp(account, signal);
  } catch (error) {
    throw explain(error, smtp);
  }
  return { state: 'ok', code: 'mail.smtp', values: { host: smtp.host }, detail: `Signed in to ${smtp.host}.` };
}
