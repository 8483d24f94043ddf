import {
  bodyOf,
  ForbiddenError,
  type HeldRecording,
  type MailAuthor,
  type MailRequest,
  type RawRequest,
} from '@switchboard/core/contract';
import { z } from 'zod';
import type { Mailbox, SendContext } from '../send/context.ts';
import { createMail } from '../send/mail-capability.ts';
import { maySendFrom } from '../send/plan.ts';
import { tryAgain } from '../send/try-again.ts';
import { decideLost } from '../send/decide-lost.ts';
import type { Context } from '../services.ts';
import { takeAttached, wantedFile } from './attached-files.ts';
import { attach, type Attached, attachment, noteRecordings } from './attaching.ts';
import { page } from './download.ts';
import { findSent } from './one-mail.ts';
import type { Look } from './reading.ts';
import { settleLook } from './settle-look.ts';
import { noteSent, takeUpload } from './uploads.ts';
import type { Viewer } from './viewer.ts';

const id = z.uuid('must be an id').toLowerCase();
const addressText = z.string().max(500);

const composed = z.object({
  requestId: z.string().min(1).max(100),
  mailboxId: id.optional(),
  about: z.union([
    z.object({ caseId: id }),
    z.object({ malfunctionId: id, caseIds: z.array(id).max(1000).optional() }),
  ]),
  to: z.union([z.literal('contact'), z.array(addressText).min(1).max(1000)]),
  cc: z.array(addressText).max(1000).optional(),
  bcc: z.array(addressText).max(1000).optional(),
  subject: z.string(),
  text: z.string().default(''),
  html: z.string().optional(),
  attachments: z.array(attachment).max(50).optional(),
  sendAt: z.coerce.date().optional(),
});

export const deeds: readonly Look[] = [
  {
    path: '/compose/preview',
    summary: 'What would be sent to whom, with what is missing',
    answer: async (context, viewer, request) => {
      const { wanted } = await readComposed(context, viewer, request);
      return { body: await createMail(writingAs(context, viewer)).preview(wanted) };
    },
  },
  {
    path: '/compose/preview/page',
    summary:
      'The HTML of the first of them as a page that runs and loads nothing; the request is the field "mail" of a form',
    answer: async (context, viewer, request) => {
      const json = new URLSearchParams(request.body.toString('utf8')).get('mail') ?? '';
      const { wanted } = await readComposed(context, viewer, { ...request, body: Buffer.from(json) });
      const { mails } = await createMail(writingAs(context, viewer)).preview(wanted);
      return page(mails[0]?.html ?? '');
    },
  },
  {
    path: '/compose/send',
    summary:
      'Sends a mail about a case, or one to each case of a malfunction; the same requestId again is the same mail',
    answer: async (context, viewer, request) => {
      const { wanted, recorded, uploads } = await readComposed(context, viewer, request);
      await noteRecordings(context, viewer, wanted.requestId, recorded);
      const accepted = await createMail(writingAs(context, viewer)).send(wanted);
      await noteSent(context, viewer, uploads);
      return { status: 202, body: accepted };
    },
  },
  {
    path: '/compose/undo',
    summary: 'Takes back what still waits',
    answer: async (context, viewer, request) => {
      const asked = bodyOf(z.object({ requestId: z.string().min(1).max(100), mailId: id.optional() }), request);
      return { body: await createMail(context).undo({ ...asked, by: author(viewer) }) };
    },
  },
  {
    path: '/compose/again',
    summary: 'Tries those mails of a request once more that a server refused',
    answer: async (context, viewer, request) => {
      const { requestId } = bodyOf(z.object({ requestId: z.string().min(1).max(100) }), request);
      return { status: 202, body: await tryAgain(context, { requestId, by: author(viewer) }) };
    },
  },
  {
    path: '/compose/upload',
    summary: 'Takes a file to attach; its bytes are the body',
    streams: true,
    answer: async (context, viewer, { body, stream = one(body) }) => ({
      status: 201,
      body: await takeUpload(context, viewer, stream),
    }),
  },
  {
    path: '/compose/take-file',
    summary: 'Takes a file of the case that lies in Twenty, as an upload; its bytes are here from then on',
    answer: async (context, viewer, request, signal) => ({
      status: 201,
      body: await takeAttached(context, viewer, bodyOf(wantedFile, request), signal),
    }),
  },
  {
    path: '/look/settle',
    summary: 'Decides about a reply whose sender could not be verified',
    answer: async (context, viewer, request) => {
      const decision = z.enum(['belongs', 'new-case', 'reject']);
      const settlement = bodyOf(z.object({ messageId: id, decision, caseId: id.optional() }), request);
      return { body: await settleLook(context, viewer, settlement) };
    },
  },
  {
    path: '/sent/decide',
    summary: 'Decides about a mail of which nobody knows whether it arrived',
    answer: async (context, viewer, request) => {
      const decision = z.enum(['arrived', 'send-again']);
      const asked = bodyOf(z.object({ mailId: id, decision }), request);
      await ownMail(context, viewer, asked.mailId);
      await decideLost(context, asked.mailId, { decision: asked.decision, by: viewer.name });
      return { body: { mailId: asked.mailId } };
    },
  },
];

/** The mailboxes that one may send from. */
export const mailboxChoices: Look = {
  path: '/compose/mailboxes',
  summary: 'The mailboxes that one may send from, and those that cannot send at the moment',
  answer: async (context, viewer) => {
    const by = author(viewer);
    const all = await context.services.mailboxes.list();
    return { body: { mailboxes: all.filter((mailbox) => maySendFrom(mailbox, by)).map(choice) } };
  },
};

function choice({ rules, ...mailbox }: Mailbox): object {
  const { id: mailboxId, kind, name, address, isActive } = mailbox;
  const { signature, undoSeconds } = rules;
  return { id: mailboxId, kind, name, address, isActive, signature, undoSeconds };
}

function author({ memberId }: Viewer): MailAuthor {
  return memberId === undefined ? 'hub' : { memberId };
}

/** What the role may not see is filled into no mail, and written to nobody. */
function writingAs(context: Context, { crm: reader }: Viewer): SendContext {
  return { ...context, reader };
}

async function ownMail(context: Context, viewer: Viewer, mailId: string): Promise<void> {
  const mail = await findSent(context, viewer, mailId);
  if (viewer.seesAllSent || mail.authorId === viewer.memberId) return;
  throw new ForbiddenError('Somebody else has sent this mail', { remedy: 'Its author decides, or an administrator.' });
}

type Composed = {
  readonly wanted: MailRequest;
  readonly recorded: readonly HeldRecording[];
  readonly uploads: readonly string[];
};

async function readComposed(context: Context, viewer: Viewer, request: RawRequest): Promise<Composed> {
  const { attachments = [], ...written } = bodyOf(composed, request);
  await assertSeen(viewer, written.about);
  const attached: Attached[] = [];
  for (const given of attachments) attached.push(await attach(context, viewer, given));
  return {
    wanted: { ...written, attachments: attached.map(({ file }) => file), by: author(viewer) },
    recorded: attached.flatMap(({ recording }) => recording ?? []),
    uploads: attachments.flatMap((given) => ('upload' in given ? [given.upload] : [])),
  };
}

/** Nobody writes about what the own role may not see. */
async function assertSeen(viewer: Viewer, about: z.output<typeof composed>['about']): Promise<void> {
  const isSeen = 'caseId' in about ? await viewer.seesCase(about.caseId) : viewer.readsCases;
  if (isSeen) return;
  throw new ForbiddenError('Your role may not see this case', {
    field: 'body.about',
    remedy: 'An administrator can give the role the object "Cases" in Twenty under Settings, Roles.',
  });
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
