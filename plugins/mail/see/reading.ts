import { pageEnd, queryOf, type RawRequest, type Reply } from '@switchboard/core/contract';
import { z } from 'zod';
import type { Context } from '../services.ts';
import { understand } from '../understand/understand.ts';
import { aboutCase } from './about-case.ts';
import { download, page } from './download.ts';
import { historyOf } from './history.ts';
import { floodList, lookList } from './look-list.ts';
import {
  findReceived,
  findSent,
  rawSource,
  receivedFile,
  sentFile,
  shownReceived,
  shownSentWhole,
} from './one-mail.ts';
import { withOwnPictures, withRemotePictures } from './pictures.ts';
import { sentAuthors, sentList, sentStates } from './sent-list.ts';
import type { Viewer } from './viewer.ts';

/** What somebody may look at, as doors: the same for members of a workspace and for operators, each with what they may see. */
export type Look = {
  readonly path: `/${string}`;
  readonly summary: string;
  /** Whether what is sent is read as it comes. */
  readonly streams?: boolean;
  readonly answer: (context: Context, viewer: Viewer, request: RawRequest, signal: AbortSignal) => Promise<Reply>;
};

const id = z.uuid('must be an id').toLowerCase();
const oneMail = z.object({ id, kind: z.enum(['received', 'sent']).default('received') });
/** What the list “Sent” is narrowed to. */
export const sentFilter = z.object({
  authorId: id.optional(),
  search: z.string().trim().min(1).max(200).optional(),
  state: z.enum(sentStates).optional(),
  requestId: z.string().min(1).max(100).optional(),
});

const sentPage = sentFilter.extend({
  before: pageEnd.optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
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
    summary:
      'What one has sent, by permission what everybody has; page by page, `next` is the `before` of the next one',
    answer: async (context, viewer, request) => {
      const { before, authorId, search, state, requestId, limit } = queryOf(sentPage, request);
      const asked = { before, authorId, search, state, requestId, limit };
      return { body: await sentList(context, viewer, asked) };
    },
  },
  {
    path: '/sent/authors',
    summary: 'Who has sent what one may see in the list',
    answer: async (context, viewer) => ({ body: { authors: await sentAuthors(context, viewer) } }),
  },
  {
    path: '/compose/about',
    summary:
      'What one needs to write about a case: its contacts, what its fields hold, the files that can go with a mail',
    answer: async (context, viewer, request) => {
      const { caseId } = queryOf(z.object({ caseId: id }), request);
      return { body: await aboutCase(context, viewer, caseId) };
    },
  },
  {
    path: '/look',
    summary: 'What waits for a person: unverified replies, and mails of which nobody knows whether they arrived',
    answer: async (context, viewer) => ({ body: await lookList(context, viewer) }),
  },
  {
    path: '/floods',
    summary: 'For who looks after the hub: who wrote more than the caps allow',
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
    summary:
      'The HTML of a mail as a page that runs and loads nothing; with images=all the hub fetches those that lie elsewhere',
    answer: async (context, viewer, request, signal) => {
      const { images, ...asked } = queryOf(oneMail.extend({ images: z.enum(['own', 'all']).default('own') }), request);
      const { html } = await findMail(context, viewer, asked);
      const whole = await ownPictures(context, asked.id, html);
      return page(images === 'own' ? whole : await withRemotePictures(whole, context.services.pictures, signal));
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
      const asked = queryOf(oneMail.extend({ section: z.string().min(1).max(100) }), request);
      if (asked.kind === 'sent') {
        const file = await sentFile(context, await findSent(context, viewer, asked.id), Number(asked.section));
        return download(file.bytes, file);
      }
      const mail = await findReceived(context, viewer, asked.id);
      const file = await receivedFile(context, mail, asked.section);
      return download(file.bytes, file);
    },
  },
];

async function ownPictures(context: Context, mailId: string, html: string): Promise<string> {
  if (!html.includes(' src="cid:')) return html;
  const { attachments } = await understand(await rawSource(context, mailId), { contents: true });
  return withOwnPictures(html, (wanted) => {
    const found = attachments.find(({ contentId }) => contentId === wanted);
    return found?.content === undefined ? undefined : { bytes: found.content, mimeType: found.foundType };
  });
}

function findMail(
  context: Context,
  viewer: Viewer,
  asked: z.output<typeof oneMail>,
): Promise<{ readonly html: string }> {
  return asked.kind === 'received' ? findReceived(context, viewer, asked.id) : findSent(context, viewer, asked.id);
}
