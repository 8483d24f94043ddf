import { queryOf, type RawRequest, type Reply } from '@switchboard/core/contract';
import { z } from 'zod';
import type { Context } from '../services.ts';
import { readAttachment } from '../understand/read-attachment.ts';
import { download, page } from './download.ts';
import { historyOf } from './history.ts';
import { floodList, lookList } from './look-list.ts';
import { findReceived, findSent, rawSource, shownReceived, shownSentWhole } from './one-mail.ts';
import { sentList } from './sent-list.ts';
import type { Viewer } from './viewer.ts';

/** What somebody may look at, as doors: the same for members of a workspace and for operators, each with what they may see. */
export type Look = {
  readonly path: `/${string}`;
  readonly summary: string;
  readonly answer: (context: Context, viewer: Viewer, request: RawRequest) => Promise<Reply>;
};

const id = z.uuid('must be an id').toLowerCase();
const oneMail = z.object({ id, kind: z.enum(['received', 'sent']).default('received') });
const page100 = z.object({
  before: z.iso.datetime().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  authorId: id.optional(),
});

export const looks: readonly Look[] = [
  {
    path: '/cases/mails',
    summary: 'The mail of a case that one may see, newest first',
    answer: async (context, viewer, request) => {
      const { caseId } = queryOf(z.object({ caseId: id }), request);
      return { body: { mails: await historyOf(context, viewer, caseId) } };
    },
  },
  {
    path: '/sent',
    summary: 'What one has sent; for administrators what everybody has sent',
    answer: async (context, viewer, request) => {
      const { before, limit, authorId } = queryOf(page100, request);
      return { body: { mails: await sentList(context, viewer, { before, limit, authorId }) } };
    },
  },
  {
    path: '/look',
    summary: 'What waits for a person: unverified replies, and mails of which nobody knows whether they arrived',
    answer: async (context, viewer) => ({ body: await lookList(context, viewer) }),
  },
  {
    path: '/floods',
    summary: 'For administrators: who wrote more than the caps allow',
    answer: async (context, viewer) => ({ body: { floods: await floodList(context, viewer) } }),
  },
  {
    path: '/mails/one',
    summary: 'A mail that one may see, whole',
    answer: async (context, viewer, request) => {
      const asked = queryOf(oneMail, request);
      if (asked.kind === 'received') return { body: shownReceived(await findReceived(context, viewer, asked.id)) };
      return { body: await shownSentWhole(context, viewer, await findSent(context, viewer, asked.id)) };
    },
  },
  {
    path: '/mails/html',
    summary: 'The HTML of a mail as a page that runs and loads nothing',
    answer: async (context, viewer, request) => {
      const { html } = await findMail(context, viewer, queryOf(oneMail, request));
      return page(html);
    },
  },
  {
    path: '/mails/source',
    summary: 'A mail byte by byte, as it came or went',
    answer: async (context, viewer, request) => {
      const asked = queryOf(oneMail, request);
      await findMail(context, viewer, asked);
      return download(await rawSource(context, asked.id), { name: `${asked.id}.eml`, mimeType: 'message/rfc822' });
    },
  },
  {
    path: '/mails/attachment',
    summary: 'A file of a mail',
    answer: async (context, viewer, request) => {
      const asked = queryOf(z.object({ id, section: z.string().min(1).max(100) }), request);
      const { understood } = await findReceived(context, viewer, asked.id);
      const found = understood.attachments.find(({ section }) => section === asked.section);
      const bytes = await readAttachment(await rawSource(context, asked.id), asked.section);
      return download(bytes, { name: found?.safeName ?? 'file', mimeType: found?.foundType ?? '' });
    },
  },
];

function findMail(
  context: Context,
  viewer: Viewer,
  asked: z.output<typeof oneMail>,
): Promise<{ readonly html: string }> {
  return asked.kind === 'received' ? findReceived(context, viewer, asked.id) : findSent(context, viewer, asked.id);
}
