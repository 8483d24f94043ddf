import {
  type JournalEntry,
  type JournalKind,
  journalKinds,
  type MemberReader,
  type MemberRequest,
} from '@switchboard/core/contract';

/**
 * What of the journal a member may see: no more than what the role may see of the records in Twenty that the entries tell of. Mail is the exception: in
 * Twenty its object is closed to agents, because roles cannot show a member only the own records; in the hub, whoever sees a case sees what came in,
 * and of what went out the own, or all by permission.
 */
export interface JournalRights {
  /** Kinds of entries that are there for the role at all. */
  readonly kinds: readonly JournalKind[];
  readonly texts: boolean;
  readonly names: { readonly member: boolean; readonly customer: boolean };
  readonly seesMailOf: (entry: Pick<JournalEntry, 'kind' | 'actorId'>) => boolean;
  readonly sees: MemberReader['sees'];
}

/** Undefined where the role may not read journal entries in Twenty. */
export async function rightsOf({
  crm: { sees },
  member,
  may,
}: Pick<MemberRequest, 'crm' | 'member' | 'may'>): Promise<JournalRights | undefined> {
  if (!(await sees('caseEntry', 'kind'))) return undefined;
  const [calls, allMail, texts, actorName, personName] = await Promise.all([
    sees('phoneCall', 'outcome'),
    may('mail.see-all'),
    sees('caseEntry', 'body'),
    sees('caseEntry', 'actorName'),
    sees('person', 'name'),
  ]);
  return {
    kinds: journalKinds.filter((kind) => calls || !kind.startsWith('CALL_')),
    texts,
    names: { member: actorName, customer: actorName && personName },
    seesMailOf: ({ kind, actorId }) => allMail || kind === 'MAIL_RECEIVED' || actorId === member.id,
    sees,
  };
}

const mailDetails = new Set(['subject', 'from', 'to', 'reason']);

/** By which field of Twenty another detail of an entry stands and falls. */
const detailFields: Readonly<Record<string, readonly [object: string, field: string]>> = {
  phoneNumber: ['phoneCall', 'phoneNumber'],
  outcome: ['phoneCall', 'outcome'],
  durationSeconds: ['phoneCall', 'durationSeconds'],
};

/** Those details that the role may read; one that nobody has named a field for stays hidden. */
export async function readableDetails(
  { sees, seesMailOf }: Pick<JournalRights, 'sees' | 'seesMailOf'>,
  entry: JournalEntry,
): Promise<Readonly<Record<string, unknown>>> {
  const details = entry.content?.details ?? {};
  const isMail = entry.kind.startsWith('MAIL_');
  const readable = await Promise.all(
    Object.entries(details).map(async ([name, value]) => {
      if (isMail && mailDetails.has(name)) return seesMailOf(entry) ? [[name, value] as const] : [];
      const field = detailFields[name];
      return field !== undefined && (await sees(...field)) ? [[name, value] as const] : [];
    }),
  );
  return Object.fromEntries(readable.flat());
}
