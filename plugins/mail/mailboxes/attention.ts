import { type MemberRequest, NotFoundError } from '@switchboard/core/contract';
import type { MailboxBook } from './book.ts';
import type { Mailbox, SignIn } from './mailbox.ts';

/** A mailbox of which nothing is read or sent until somebody signs in or enters a password, as those see it who can. */
type Unattended = {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly auth: SignIn;
  readonly isOwn: boolean;
  /** False: it waits for its first sign-in. */
  readonly wasSignedIn: boolean;
};

type Asking = Pick<MemberRequest, 'member' | 'may'>;

/** Whose it is to end that: the owner's for a member's own mailbox, and of the desk's who manages plugins. */
async function mayAttend({ kind, ownerId }: Mailbox, { member, may }: Asking): Promise<boolean> {
  return kind === 'member' ? ownerId === member.id : await may('plugins.manage');
}

export async function unattended(mailboxes: Pick<MailboxBook, 'list'>, asking: Asking): Promise<Unattended[]> {
  const waiting = (await mailboxes.list()).filter(({ state }) => state === 'needs-authorisation');
  const allowed = await Promise.all(waiting.map(async (mailbox) => await mayAttend(mailbox, asking)));
  return waiting
    .filter((_mailbox, index) => allowed[index])
    .map(({ id, name, address, auth, kind, grantId }) => ({
      id,
      name,
      address,
      auth,
      isOwn: kind === 'member',
      wasSignedIn: auth === 'password' || grantId !== undefined,
    }));
}

/** @throws NotFoundError, also for a mailbox that is somebody else's to look after */
export async function attendedBy(mailboxes: Pick<MailboxBook, 'find'>, asking: Asking, id: string): Promise<Mailbox> {
  const mailbox = await mailboxes.find(id);
  if (mailbox !== undefined && (await mayAttend(mailbox, asking))) return mailbox;
  throw new NotFoundError('There is no such mailbox of yours', { field: 'body.id', remedy: 'Load the page again.' });
}
