import type { Mail, MailPreview, MailPreviewed } from '@switchboard/core/contract';
import { refileMails } from '../file/refile.ts';
import { acceptRequest } from './accept.ts';
import { readFiles } from './attachments.ts';
import type { SendContext } from './context.ts';
import { type Draft, maySendFrom, plan } from './plan.ts';
import { written } from './recipient.ts';
import { undoRequest } from './undo.ts';
import { withQuote } from './quote.ts';
import { readRequest } from './wanted.ts';

/** The capability `mail` of one tenant. */
export function createMail(context: SendContext): Mail {
  return {
    async mailboxes(by) {
      const all = await context.services.mailboxes.list();
      return all
        .filter((one) => one.isActive && maySendFrom(one, by))
        .map(({ id, kind, name, address }) => ({ id, kind, name, address }));
    },
    async preview(request): Promise<MailPreview> {
      const wanted = readRequest(request);
      const planned = await plan(context, wanted);
      const files = await readFiles(context.files, wanted.attachments);
      const fileBytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
      return { mails: planned.drafts.map((draft) => shown(draft, fileBytes)), leftOut: planned.leftOut };
    },
    send: (request) => acceptRequest(context, request),
    undo: (request) => undoRequest(context, request),
    refile: (request) => refileMails(context, request),
  };
}

/** Bytes become a third more on the way, and a line end for every 76. */
const BASE64 = 1.37;

function shown(draft: Draft, fileBytes: number): MailPreviewed {
  const { caseId, from, to, cc, bcc, subject, empty, unknown, warnings } = draft;
  const { text, html } = withQuote(draft, draft.quote);
  return {
    caseId,
    from: written(from),
    to: to.map(written),
    cc: cc.map(written),
    bcc: bcc.map(written),
    subject,
    text,
    html,
    bytes: Buffer.byteLength(text) + Buffer.byteLength(html) + Math.ceil(fileBytes * BASE64),
    missing: [...empty, ...unknown],
    warnings,
  };
}
