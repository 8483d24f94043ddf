import { buffer } from 'node:stream/consumers';
import { type FileKeep, sql, thisTenant } from '@switchboard/core/contract';
import { attachmentKey, contents } from './attachments.ts';
import { compose } from './compose.ts';
import type { SendContext } from './context.ts';
import { withQuote } from './quote.ts';
import { findOutgoing, type StoredOutgoing } from './outgoing.ts';

const rawKey = (mailId: string): string => `outgoing/${mailId}/raw`;

/** The bytes of a mail: put together once and stored, so that every try and the copy in Sent are the same mail. */
export async function rawOf(context: SendContext, mail: StoredOutgoing): Promise<Buffer> {
  if (mail.rawFile !== null) return await buffer(await context.files.open(mail.rawFile));
  const raw = await make(context, mail);
  const { id: file } = await context.files.put(single(raw));
  await context.commit({
    rows: async (tables) => {
      const rows = await tables.query(sql`
        update mail_outgoing set raw_file = ${file}, raw_bytes = ${raw.length}
        where tenant_id = ${thisTenant} and id = ${mail.id} and raw_file is null returning id
      `);
      return rows.length === 0 ? {} : { keeps: [{ key: rawKey(mail.id), file }, ...mail.attachments.map(letGo)] };
    },
  });
  const stored = await findOutgoing(context.tables, mail.id);
  // Another run was first: its bytes are the mail.
  if (stored?.rawFile !== file && stored !== undefined) return await rawOf(context, stored);
  return raw;

  function letGo(_file: unknown, index: number): FileKeep {
    return { key: attachmentKey(mail.id, index), file: undefined };
  }
}

async function make({ services, files, clock }: SendContext, mail: StoredOutgoing): Promise<Buffer> {
  const ids = await services.ownIds();
  return await compose({
    ...mail.people,
    subject: mail.subject,
    ...withQuote(mail, { text: mail.quoteText, html: mail.quoteHtml }),
    attachments: await contents(files, mail.attachments),
    messageId: mail.messageId,
    date: new Date(clock.now()),
    inReplyTo: mail.inReplyTo,
    references: mail.references,
    marker: ids.marker(mail.id),
    automatic: mail.automatic,
  });
}

async function* single(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}
