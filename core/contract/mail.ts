import { z } from 'zod';
import { defineCapability } from './capability.ts';
import { defineEvent } from './event.ts';

/**
 * Mail about cases. Everything is accepted at once and sent by jobs; each case gets a mail of its own with a Message-ID of its own, so that
 * every reply comes back to the case it belongs to. Nobody gets the same mail twice, whatever crashes.
 */
export interface Mail {
  /** The mailboxes that may be sent from: those of the desk, and the member's own. */
  readonly mailboxes: (by: MailAuthor) => Promise<MailboxChoice[]>;
  /**
   * What would be sent to whom, with all that stands in the way, and nothing changed.
   *
   * @throws as `send` does
   */
  readonly preview: (request: MailRequest) => Promise<MailPreview>;
  /**
   * Accepts the mails for sending. The same `requestId` again answers what the first one did.
   *
   * @throws PayloadError for an address, a template or a size that cannot be sent; NotFoundError for a case, malfunction or mailbox that is not there;
   *   ForbiddenError for a mailbox of somebody else; ConflictError when the `requestId` was used for something else, or nobody is left to write to
   */
  readonly send: (request: MailRequest) => Promise<MailAccepted>;
  /**
   * Takes back what was not handed to a server yet: all mails of the request, as far as they still wait.
   *
   * @throws NotFoundError for a request that is unknown or somebody else's
   */
  readonly undo: (request: {
    readonly requestId: string;
    readonly by: MailAuthor;
    /** This one of the mails alone. */
    readonly mailId?: string | undefined;
  }) => Promise<MailUndone>;
  /**
   * Has mails that came belong to another case, as when a case is split. What was sent stays where it was: replies to it come back there.
   *
   * @returns the ids of those that belonged to the first case
   */
  readonly refile: (request: {
    readonly mailIds: readonly string[];
    readonly from: string;
    readonly to: string;
  }) => Promise<string[]>;
}

/** A workspace member, or the hub itself: then the mail carries the marks of automatic mail and nobody's machine answers it. */
export type MailAuthor = { readonly memberId: string } | 'hub';

export interface MailboxChoice {
  readonly id: string;
  readonly kind: 'desk' | 'member';
  readonly name: string;
  readonly address: string;
}

export interface MailRequest {
  /** One per click, up to 100 characters: the same request twice is one mail. */
  readonly requestId: string;
  readonly by: MailAuthor;
  /** Without it the desk's first mailbox. */
  readonly mailboxId?: string | undefined;
  /** One case, or all open cases of a malfunction (`caseIds` picks some of them). */
  readonly about:
    | { readonly caseId: string }
    | { readonly malfunctionId: string; readonly caseIds?: readonly string[] | undefined };
  /** `contact`: the contact of each case; else these addresses, such as `Anna Berg <anna@example.com>`. */
  readonly to: 'contact' | readonly string[];
  readonly cc?: readonly string[] | undefined;
  readonly bcc?: readonly string[] | undefined;
  /** May hold fields: `{{case.number}}`, `{{person.firstName}}`, `{{malfunction.title}}`, with another text where it is empty `{{person.firstName|customer}}`. */
  readonly subject: string;
  /** Plain text with fields, or HTML with fields: then the text is made from it. */
  readonly text: string;
  readonly html?: string | undefined;
  /** Bytes in the hub's store. */
  readonly attachments?: readonly MailAttachment[] | undefined;
  /** Send not before this moment. */
  readonly sendAt?: Date | undefined;
}

export interface MailAttachment {
  /** `StoredFile.id` */
  readonly file: string;
  /** With its extension: `offer.pdf`. */
  readonly name: string;
  /** Default by the name. */
  readonly mimeType?: string | undefined;
}

export interface MailPreview {
  readonly mails: readonly MailPreviewed[];
  readonly leftOut: readonly MailLeftOut[];
}

export interface MailPreviewed {
  readonly caseId: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly bytes: number;
  /** Fields of the template that this case leaves empty or that no case has: `person.firstName`. Unknown names cannot be sent. */
  readonly missing: readonly string[];
  /** What the author should know, each a sentence: an address that bounced, a contact who wants no mail. */
  readonly warnings: readonly string[];
}

/** A case that gets no mail, with the reason as a sentence. */
export interface MailLeftOut {
  readonly caseId: string;
  readonly reason: 'no-contact' | 'no-address' | 'do-not-mail' | 'unreachable' | 'not-there';
  readonly detail: string;
}

export interface MailAccepted {
  readonly requestId: string;
  readonly mails: readonly { readonly mailId: string; readonly caseId: string; readonly messageId: string }[];
  readonly leftOut: readonly MailLeftOut[];
  /** When the first mail goes at the earliest; until then `undo` takes all of them back. ISO 8601. */
  readonly goesAt: string;
}

export interface MailUndone {
  readonly undone: readonly string[];
  /** Ids of mails that had gone, or were about to. */
  readonly tooLate: readonly string[];
}

export const mail = defineCapability<Mail>('mail');

/** What every event of a mail tells. Bodies stay in the hub; other plugins learn what happened and to whom. */
const about = {
  /** Of the plugin. */
  mailId: z.uuid(),
  /** The `caseMessage` in the CRM; null where the mail stays in the hub. */
  caseMessageId: z.uuid().nullable(),
  caseId: z.uuid().nullable(),
  mailboxId: z.uuid(),
  personId: z.uuid().nullable(),
  companyId: z.uuid().nullable(),
};

/** A mail came and was filed. Private mail of a member's own mailbox is not told, nor what we sent ourselves. */
export const mailReceived = defineEvent(
  'mail.received',
  z.object({
    ...about,
    /** Lower case; empty when the mail names nobody. */
    from: z.string(),
    subject: z.string(),
    receivedAt: z.iso.datetime(),
    kind: z.enum(['human', 'auto-reply', 'bulk']),
    /** What became of it. `needs-a-look`: a person decides, and no case was touched. */
    outcome: z.enum(['case-opened', 'joined', 'reopened', 'followed-up', 'needs-a-look', 'kept']),
    /** The closed case that a follow-up comes after, or the case that an unverified reply asks for. */
    relatedCaseId: z.uuid().nullable(),
    /** No automatic mail, no notification: told by a machine, or older than the mailbox's start. */
    quiet: z.boolean(),
  }),
);

/** A server took the mail for all or some of its recipients. */
export const mailSent = defineEvent(
  'mail.sent',
  z.object({
    ...about,
    malfunctionId: z.uuid().nullable(),
    /** The author; null for mail of the hub itself. */
    memberId: z.uuid().nullable(),
    to: z.array(z.string()),
    subject: z.string(),
    sentAt: z.iso.datetime(),
  }),
);

/** A mail of ours did not arrive at one address. Delays are not told. */
export const mailBounced = defineEvent(
  'mail.bounced',
  z.object({
    ...about,
    /** The author of what came back; null for mail of the hub itself. */
    memberId: z.uuid().nullable(),
    /** The address we wrote to, lower case. */
    address: z.string(),
    /** False: another mail may arrive, such as when a mailbox was full. */
    permanent: z.boolean(),
    /** Such as `user-unknown` or `mailbox-full`. */
    reason: z.string(),
    bouncedAt: z.iso.datetime(),
  }),
);

/** A server has numbered a folder anew, as after a restore. What lies in it was compared with what is known; nothing is told twice. */
export const mailboxReset = defineEvent(
  'mail.mailbox-reset',
  z.object({
    mailboxId: z.uuid(),
    folder: z.string(),
    /** In the folder by now. */
    messages: z.number().int().nonnegative(),
    at: z.iso.datetime(),
  }),
);
