/**
 * What the hub understands of one message. Plain data: it crosses a thread, goes into JSON and into PostgreSQL as it is.
 * Every string is Unicode NFC without NUL and without lone surrogates; what is not there is '' or an empty list, not undefined.
 */
export interface Understood extends MessageContent {
  /** The reply without quote and signature; the whole text where nothing would be left, so never '' when `text` is not. */
  readonly replyText: string;
  /** Whether `replyText` leaves something of `text` out. */
  readonly replyShortened: boolean;
  readonly verdict: Verdict;
  readonly list: MailingList | null;
  /** An answer by a machine is unwelcome: automatic and bulk mail, and mail of people whose server asks so (`X-Auto-Response-Suppress`). */
  readonly answerUnwelcome: boolean;
  readonly bounce: Bounce | null;
  readonly feedback: FeedbackReport | null;
  readonly receipt: ReadReceipt | null;
  readonly authentication: Authentication;
  /** All header fields in their order, unfolded, encoded words left as they are; at most 1,000 fields and 256 KiB. */
  readonly headers: readonly HeaderField[];
}

/** What a message and a message inside a message have in common. */
export interface MessageContent {
  /** Normalised for comparing: without `<>` and white space, domain in lower case; '' when there is none. */
  readonly messageId: string;
  /** Normalised like `messageId`, each once, in their order. */
  readonly inReplyTo: readonly string[];
  /** Normalised like `messageId`, each once, oldest first; at most 128, the newest. */
  readonly references: readonly string[];
  /** The same ids letter by letter, without `<>`: an answer has to name them so. */
  readonly written: WrittenIds;
  readonly from: readonly MailAddress[];
  readonly sender: MailAddress | null;
  readonly replyTo: readonly MailAddress[];
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly bcc: readonly MailAddress[];
  readonly subject: string;
  /** ISO 8601 in UTC; null when neither Date nor Received can be read. */
  readonly date: string | null;
  readonly dateFrom: 'date' | 'received' | 'none';
  /** When the last server took it, by the topmost Received that can be read: ISO 8601 in UTC. */
  readonly receivedAt: string | null;
  /** The body to be read, lines ended by `\n`: the plain text, or the HTML as text. */
  readonly text: string;
  readonly textFrom: 'plain' | 'html' | 'none';
  /**
   * Sanitised, or '' when there is none or when it was too large to be shown (see `problems`). Remote images carry `data-remote-src` in place of `src`;
   * images of the message have `src="cid:ID"`, ID being the `contentId` of an attachment.
   */
  readonly html: string;
  readonly attachments: readonly Attachment[];
  readonly calendar: Invitation | null;
  readonly protection: Protection;
  readonly problems: readonly Problem[];
}

export interface WrittenIds {
  readonly messageId: string;
  readonly inReplyTo: readonly string[];
  readonly references: readonly string[];
}

/** `address` is as written, without comments; '' where only a name stands. */
export interface MailAddress {
  readonly name: string;
  readonly address: string;
}

export interface HeaderField {
  /** In lower case. */
  readonly name: string;
  readonly value: string;
}

export interface Attachment {
  /** As the sender called it; '' when it has no name. */
  readonly name: string;
  /** Fit for any file system, with an ending; never ''. */
  readonly safeName: string;
  /** As declared, in lower case, without parameters. */
  readonly mimeType: string;
  /** By the first bytes, or '' when they tell nothing. */
  readonly foundType: string;
  /** Of the decoded content. */
  readonly bytes: number;
  /** Of the decoded content, hexadecimal. */
  readonly sha256: string;
  /** Without `<>`; '' when it has none. */
  readonly contentId: string;
  /** Shown within the text: an image which the HTML names, or a part whose disposition is inline. */
  readonly inline: boolean;
  /** Where it stands in the raw message; `readAttachment(raw, section)` gives the bytes. `2.1`, inside a winmail.dat `2!1`, inside a text `1!1`. */
  readonly section: string;
  /** Only when `understand` was asked for contents. */
  readonly content?: Uint8Array;
  /** Of an attached message, at most 10 deep. */
  readonly message?: MessageContent;
}

/**
 * own: sent by the hub itself; only filing, which holds the key, can say so. bounce: delivery to somebody failed for good. report: delays, receipts and
 * complaints. auto-reply: written by a machine. bulk: a list or newsletter. human: all the rest.
 */
export type VerdictKind = 'own' | 'bounce' | 'report' | 'auto-reply' | 'bulk' | 'human';

export interface Verdict {
  readonly kind: VerdictKind;
  /** The sign that decided, for an operator: `Auto-Submitted: auto-replied`. */
  readonly why: string;
}

export interface MailingList {
  readonly id: string;
  /** URLs and mailto: links of List-Unsubscribe. */
  readonly unsubscribe: readonly string[];
}

export interface Bounce {
  readonly recipients: readonly BouncedRecipient[];
  /** Id of the message that was not delivered, normalised; '' when the report does not tell. */
  readonly originalMessageId: string;
  /** All ids found in the returned headers (Message-ID first, then references), normalised. */
  readonly originalIds: readonly string[];
  readonly originalSubject: string;
  /** Read from a delivery-status part, or from prose. */
  readonly readFrom: 'delivery-status' | 'prose';
}

export type BounceAction = 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded';

export type BounceReason =
  | 'user-unknown'
  | 'host-unknown'
  | 'mailbox-full'
  | 'suspended'
  | 'moved'
  | 'too-big'
  | 'blocked'
  | 'authentication'
  | 'policy'
  | 'spam'
  | 'virus'
  | 'rate-limited'
  | 'relay-denied'
  | 'filtered'
  | 'expired'
  | 'system'
  | 'unknown';

export interface BouncedRecipient {
  /** The address we sent to where the report tells it (Original-Recipient), else the final one; '' when unknown. */
  readonly address: string;
  readonly finalAddress: string;
  readonly action: BounceAction;
  readonly permanent: boolean;
  readonly reason: BounceReason;
  /** Enhanced code such as `5.1.1`, else the SMTP reply code, else ''. */
  readonly code: string;
  /** What the other server said, at most 1,000 characters. */
  readonly text: string;
}

/** RFC 5965: a recipient pressed "this is spam". */
export interface FeedbackReport {
  readonly type: string;
  readonly recipients: readonly string[];
  readonly originalMessageId: string;
}

/** RFC 8098. */
export interface ReadReceipt {
  readonly disposition: string;
  readonly recipient: string;
  readonly originalMessageId: string;
}

export type AuthenticationResult =
  | 'pass'
  | 'fail'
  | 'softfail'
  | 'neutral'
  | 'none'
  | 'policy'
  | 'temperror'
  | 'permerror';

export interface Authentication {
  /** verified: by us from the raw source. header: said by the trusted server in the topmost Authentication-Results. none: nobody whom we trust has looked. */
  readonly source: 'verified' | 'header' | 'none';
  /** not-checkable: of `verified`, where no server of our own has noted who handed the mail over. */
  readonly spf: AuthenticationResult | 'not-checkable';
  readonly dkim: AuthenticationResult;
  readonly dmarc: AuthenticationResult;
  /** Proof that the From domain sent it: a pass of SPF or DKIM by that domain. False is no proof of the opposite. */
  readonly aligned: boolean;
  /** What the topmost Authentication-Results claims, whoever wrote it: a hint for people, never a proof. */
  readonly claimed: ClaimedAuthentication | null;
}

export interface ClaimedAuthentication {
  readonly authservId: string;
  readonly spf: AuthenticationResult;
  readonly dkim: AuthenticationResult;
  readonly dmarc: AuthenticationResult;
}

/** The first event of a calendar part. Times are ISO 8601: with `Z` when they could be tied to UTC, else local to `timeZone`. */
export interface Invitation {
  readonly method: string;
  readonly uid: string;
  readonly summary: string;
  readonly location: string;
  readonly description: string;
  readonly start: string;
  readonly end: string;
  readonly allDay: boolean;
  readonly timeZone: string;
  readonly organizer: string;
  readonly attendees: readonly { readonly address: string; readonly status: string }[];
  readonly status: string;
  readonly recurring: boolean;
}

export type Protection = 'none' | 'smime-signed' | 'smime-encrypted' | 'pgp-signed' | 'pgp-encrypted';

/** What was odd or left out, for a person who wonders; none of them kept the message from being read. */
export type Problem =
  | 'no-headers'
  | 'broken-headers'
  | 'duplicate-header'
  | 'no-from'
  | 'no-date'
  | 'no-message-id'
  | 'no-boundary'
  | 'missing-end-boundary'
  | 'unknown-charset'
  | 'wrong-charset'
  | 'unknown-encoding'
  | 'broken-encoding'
  | 'broken-address'
  | 'html-too-large'
  | 'text-cut'
  | 'too-many-parts'
  | 'too-deep'
  /** A file in yEnc or BinHex: listed as it stands in the message. */
  | 'undecoded-file'
  /** One piece of a message that was sent in several; the others are messages of their own. */
  | 'partial-message'
  | 'broken-tnef'
  | 'broken-calendar';
