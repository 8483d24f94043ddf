/**
 * The journal of a tenant: everything that anybody did, one entry each, never changed and never removed. An entry is handed to `commit` with the
 * change that it reports, so there is none without the other; the hub chains it by hash, shows it live and copies what concerns cases and
 * malfunctions to Twenty.
 *
 * @example
 * await context.commit({ writes: [...], journal: [{ key: `desk:${id}`, kind: 'NOTE', at, actor, source: 'console', subjects: [{ object: 'serviceCase', id: caseId }], text }] });
 */

/** The values of the field `kind` of a journal entry in Twenty. */
export const journalKinds = [
  'CREATED',
  'CALL_RECEIVED',
  'CALL_MADE',
  'CALL_MISSED',
  'CALL_ENDED',
  'MAIL_RECEIVED',
  'MAIL_SENT',
  'MAIL_FAILED',
  'CHAT_MESSAGE',
  'NOTE',
  'STATUS',
  'ASSIGNMENT',
  'PRIORITY',
  'PROTOCOL_STEP',
  'FIELD_CHANGE',
  'DELETED',
  'LINKED',
  'UNLINKED',
  'MERGED',
  'SPLIT',
  'FILE',
  'PROMISE',
  'IMPORTED',
  'CORRECTION',
  'ERASED',
  'OTHER',
] as const;
export type JournalKind = (typeof journalKinds)[number];

/** From where something was done. */
export const journalSources = [
  'console',
  'twenty',
  '3cx',
  'mail',
  'slack',
  'zapier',
  'import',
  'api',
  'automation',
  'hub',
] as const;
export type JournalSource = (typeof journalSources)[number];

/** Who did it: a workspace member, a customer, the hub itself, or another program. */
export const actorKinds = ['MEMBER', 'CUSTOMER', 'SYSTEM', 'INTEGRATION'] as const;
export type ActorKind = (typeof actorKinds)[number];

export interface JournalActor {
  readonly kind: ActorKind;
  /** Of the workspace member, or of the person. */
  readonly id?: string | null;
  /** As people call it: a name, an address, a number. */
  readonly name: string;
}

/** A record that an entry is about, by the singular API name of its object. */
export interface RecordRef {
  readonly object: string;
  readonly id: string;
}

export interface JournalInput {
  /** The same fact has the same key, up to 200 characters, however often and from wherever it is heard: it is one entry. Ids only, no names. */
  readonly key: string;
  readonly kind: JournalKind;
  /** When it happened; when it was noted is kept beside it. */
  readonly at: Date;
  readonly actor: JournalActor;
  readonly source: JournalSource;
  /** Up to twenty. `before` and `after` are fields of the first. */
  readonly subjects: readonly RecordRef[];
  /** In one line what happened, for the copy in Twenty; without it the kind says it. */
  readonly title?: string;
  /** Words of people: a note, the reason of a change. */
  readonly text?: string;
  /** Fields with their values, as Twenty names them. */
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
  /** What else belongs to it: `subject` and `to` of a mail, `durationSeconds` of a call. */
  readonly details?: Readonly<Record<string, unknown>>;
  /** Nobody told of it when it happened: it was found by comparing. */
  readonly isRecovered?: boolean;
}

/** What people said and what belongs to persons. It can be erased; that it was there, and what it was, stays provable. */
export interface JournalContent {
  readonly actorName: string;
  readonly title: string;
  readonly text: string;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
  readonly details: Readonly<Record<string, unknown>>;
}

export interface JournalEntry {
  /** 1 for the first entry of a tenant, without gaps. */
  readonly sequence: number;
  readonly key: string;
  readonly kind: JournalKind;
  readonly at: Date;
  readonly notedAt: Date;
  readonly source: JournalSource;
  readonly actorKind: ActorKind;
  readonly actorId: string | null;
  readonly subjects: readonly RecordRef[];
  readonly isRecovered: boolean;
  /** Null once it was erased. */
  readonly content: JournalContent | null;
  readonly hash: string;
}

export interface JournalFilter {
  /** Entries about any of these, up to 1,000. */
  readonly subjects: readonly RecordRef[];
  readonly kinds?: readonly JournalKind[] | undefined;
  readonly actor?: { readonly kind: ActorKind; readonly id?: string | undefined } | undefined;
}

export interface JournalPage {
  /** The last entry of the page before. */
  readonly before?: { readonly at: Date; readonly sequence: number } | undefined;
  /** Default 50, at most 200. */
  readonly limit?: number;
}

/** How often somebody did something: what filters offer. */
export interface JournalTally {
  readonly kind: JournalKind;
  readonly actorKind: ActorKind;
  readonly actorId: string | null;
  readonly count: number;
}

/** What the last check of the chain found. */
export interface JournalCheck {
  readonly at: Date;
  /** The last entry that was checked; of a broken chain the last one before the break. */
  readonly upTo: number;
  readonly isIntact: boolean;
}

/** Reads a tenant's journal. What of it a member may see is for the reader to decide. */
export interface JournalReader {
  /** By the time at which it happened, the newest first. */
  readonly list: (filter: JournalFilter, page?: JournalPage) => Promise<JournalEntry[]>;
  readonly tally: (subjects: readonly RecordRef[]) => Promise<JournalTally[]>;
  /** Undefined until the chain was checked for the first time. */
  readonly lastCheck: () => Promise<JournalCheck | undefined>;
}
