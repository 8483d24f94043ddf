import { bodyOf, ConflictError, type MemberRequest, type MemberRoute, type Reply } from '@switchboard/core/contract';
import { z } from 'zod';
import { attendedBy, unattended } from '../mailboxes/attention.ts';
import { changeMailbox } from '../mailboxes/edit.ts';
import { beginSignIn } from '../mailboxes/sign-in.ts';
import { tryOut } from '../mailboxes/try-out.ts';
import type { Context } from '../services.ts';

/** A person waits before it. */
const PATIENCE_MS = 25_000;

const one = z.object({ id: z.uuid() });
/** `isCertain`: it is saved whatever the trial says. */
const newPassword = one.extend({ password: z.string().min(1).max(1000), isCertain: z.boolean().default(false) });

/** What owners of mailboxes are asked for, and how they give it: a member's own mailbox needs nobody else for it. */
export const attentionRoutes: readonly MemberRoute<Context>[] = [
  {
    method: 'GET',
    path: '/mailboxes/attention',
    summary: 'Mailboxes that the member can give back what they lack: a sign-in or a password',
    handle: async ({ services }, request) => ({ body: { mailboxes: await unattended(services.mailboxes, request) } }),
  },
  {
    method: 'POST',
    path: '/mailboxes/attention/sign-in',
    summary: 'Where the owner of such a mailbox signs in',
    handle: async (context, request) => {
      const mailbox = await attendedBy(context.services.mailboxes, request, bodyOf(one, request).id);
      return { body: { url: await beginSignIn(context, mailbox) } };
    },
  },
  {
    method: 'POST',
    path: '/mailboxes/attention/password',
    summary: 'Tries a new password of such a mailbox, and keeps it when it works',
    handle: takePassword,
  },
];

async function takePassword(context: Context, request: MemberRequest, signal: AbortSignal): Promise<Reply> {
  const { id, password, isCertain } = bodyOf(newPassword, request);
  const { address, auth, settings } = await attendedBy(context.services.mailboxes, request, id);
  if (auth !== 'password') {
    throw new ConflictError('This mailbox has a sign-in and no password', {
      field: 'body.id',
      remedy: 'Sign in again.',
    });
  }
  const patient = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  const lines = isCertain ? [] : await tryOut(context, { address, password, settings }, patient);
  const isSaved = lines.every(({ state }) => state !== 'failed');
  if (isSaved) await changeMailbox(context, id, { password });
  return { body: { lines, isSaved } };
}
