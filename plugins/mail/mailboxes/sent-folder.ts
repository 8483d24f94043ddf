import { UpstreamError } from '@switchboard/core/contract';
import type { Imap } from '../client/imap.ts';
import type { SentFolder } from '../send/context.ts';
import type { Accounts } from './accounts.ts';
import type { Mailbox } from './mailbox.ts';

/** Servers that put what they send into Sent by themselves. */
const selfFilling = /(^|\.)(gmail\.com|googlemail\.com|google\.com|office365\.com|outlook\.com|zoho\.(com|eu|in))$/;

/** Where a mailbox keeps what was sent from it. */
export function createSentFolder(accounts: Accounts, mailbox: Mailbox): SentFolder {
  async function inSent<T>(signal: AbortSignal, work: (imap: Imap, path: string) => Promise<T>): Promise<T> {
    const imap = await accounts.connect(mailbox, signal);
    try {
      const sent = (await imap.folders()).find(({ specialUse }) => specialUse === '\\Sent');
      if (sent === undefined) {
        throw new UpstreamError(`${mailbox.address} has no folder for sent mail`, {
          remedy: 'Make a folder "Sent" in the mailbox.',
        });
      }
      return await work(imap, sent.path);
    } finally {
      imap.close();
    }
  }

  return {
    isFilledByProvider: selfFilling.test(mailbox.settings.smtp.host),
    has: async (messageId, signal) =>
      await inSent(signal, async (imap, path) => {
        await imap.select(path);
        return (await imap.findByMessageId(messageId)).length > 0;
      }),
    append: async (raw, signal) => await inSent(signal, async (imap, path) => await imap.append(path, raw)),
  };
}
