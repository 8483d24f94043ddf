import { type JournalKind, journalKinds, type MemberReader } from '@switchboard/core/contract';

/** What of the journal a role may see: no more than what it may see of the records in Twenty that the entries tell of. */
export interface JournalRights {
  /** Kinds of entries that are there for the role at all. */
  readonly kinds: readonly JournalKind[];
  readonly texts: boolean;
  readonly names: { readonly member: boolean; readonly customer: boolean };
  readonly sees: MemberReader['sees'];
}

/** Undefined where the role may not read journal entries in Twenty. */
export async function rightsOf(crm: Pick<MemberReader, 'sees'>): Promise<JournalRights | undefined> {
  const { sees } = crm;
  if (!(await sees('caseEntry', 'kind'))) return undefined;
  const [calls, mails, texts, actorName, personName] = await Promise.all([
    sees('phoneCall', 'outcome'),
    sees('caseMessage', 'direction'),
    sees('caseEntry', 'body'),
    sees('caseEntry', 'actorName'),
    sees('person', 'name'),
  ]);
  const hidden = (kind: JournalKind) =>
    (kind.startsWith('CALL_') && !calls) || (/^(?:MAIL_|CHAT_)/.test(kind) && !mails);
  return {
    kinds: journalKinds.filter((kind) => !hidden(kind)),
    texts,
    names: { member: actorName, customer: actorName && personName },
    sees,
  };
}

/** By which field of Twenty a detail of an entry stands and falls. */
const detailFields: Readonly<Record<string, readonly [object: string, field: string]>> = {
  subject: ['caseMessage', 'subject'],
  from: ['caseMessage', 'fromAddress'],
  to: ['caseMessage', 'toAddresses'],
  reason: ['caseMessage', 'failureReason'],
  phoneNumber: ['phoneCall', 'phoneNumber'],
  outcome: ['phoneCall', 'outcome'],
  durationSeconds: ['phoneCall', 'durationSeconds'],
};

/** Those details that the role may read; one that nobody has named a field for stays hidden. */
export async function readableDetails(
  { sees }: Pick<JournalRights, 'sees'>,
  details: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>>> {
  const readable = await Promise.all(
    Object.entries(details).map(async ([name, value]) => {
      const field = detailFields[name];
      return field !== undefined && (await sees(...field)) ? [[name, value] as const] : [];
    }),
  );
  return Object.fromEntries(readable.flat());
}
