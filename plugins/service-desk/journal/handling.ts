import type { CrmReader, CrmRecord, MemberReader, MemberRequest } from '@switchboard/core/contract';
import { findCase } from '../cases/find.ts';
import { isEnded } from '../map.ts';
import { type Named, namesBehind } from '../records/named.ts';
import { textIn } from '../records/values.ts';
import { openReminders } from '../reminders/reminders.ts';
import type { Context } from '../services.ts';

export interface Handling {
  readonly status: string | null;
  readonly isEnded: boolean;
  readonly assignee: Named | null;
  readonly nextStep: string | null;
  readonly nextStepAt: string | null;
  /** What was promised and not kept yet. */
  readonly due: readonly { readonly field: 'responseDueAt' | 'resolveDueAt'; readonly at: string }[];
  /** The member's own, about this case. */
  readonly reminders: readonly { readonly id: string; readonly note: string; readonly dueAt: Date }[];
  readonly questions: readonly Question[];
}

/** What somebody waits for an answer to, the oldest first. */
export interface Question {
  readonly kind: 'mail' | 'missed-call';
  readonly at: string;
  readonly who: string | null;
  readonly subject: string | null;
}

/** @throws NotFoundError */
export async function showHandling(
  { tables, clock, crm: all }: Pick<Context, 'tables' | 'clock' | 'crm'>,
  { crm, member }: Pick<MemberRequest, 'crm' | 'member'>,
  caseId: string,
): Promise<Handling> {
  const { current } = await findCase({ tables, crm, now: clock.now() }, caseId);
  const [visible, reminders, questions] = await Promise.all([
    readable(crm, current),
    openReminders(tables, { memberId: member.id }),
    openQuestions({ crm, all }, caseId),
  ]);
  const named = await namesBehind(crm, [visible], { assigneeId: 'workspaceMember' });
  const ended = isEnded(visible['status']);
  return {
    status: textIn(visible, 'status'),
    isEnded: ended,
    assignee: named(visible, 'assigneeId'),
    nextStep: textIn(visible, 'nextStep'),
    nextStepAt: textIn(visible, 'nextStepAt'),
    due: ended ? [] : dueOf(visible),
    reminders: reminders
      .filter(({ recordId }) => recordId === caseId)
      .map(({ id, note, dueAt }) => ({ id, note, dueAt })),
    questions,
  };
}

const fields = ['status', 'assigneeId', 'nextStep', 'nextStepAt', 'responseDueAt', 'resolveDueAt', 'firstResponseAt'];

/** What is on its way to Twenty has not gone through the role's eyes yet. */
async function readable(crm: MemberReader, current: CrmRecord): Promise<CrmRecord> {
  const seen = await Promise.all(fields.map(async (field) => await crm.sees('serviceCase', field)));
  const shown = fields.filter((_field, index) => seen[index]).map((field) => [field, current[field]]);
  return { ...Object.fromEntries(shown), id: current.id };
}

function dueOf(serviceCase: CrmRecord): Handling['due'] {
  const isAnswered = textIn(serviceCase, 'firstResponseAt') !== null;
  const promised = (['responseDueAt', 'resolveDueAt'] as const).filter(
    (field) => field !== 'responseDueAt' || !isAnswered,
  );
  return promised.flatMap((field) => {
    const at = textIn(serviceCase, field);
    return at === null ? [] : [{ field, at }];
  });
}

const MOST = 200;
const MOST_SHOWN = 5;

interface Readers {
  readonly crm: MemberReader;
  /** What comes in about a case is seen by whoever sees the case, although roles keep its object in Twenty closed. */
  readonly all: Pick<CrmReader, 'findBy'>;
}

/** Mails that nobody has written after, and missed calls that nobody has followed up. */
async function openQuestions({ crm, all }: Readers, caseId: string): Promise<Question[]> {
  const [messages, calls] = await Promise.all([
    all.findBy('caseMessage', 'serviceCaseId', caseId, MOST),
    crm.findBy('phoneCall', 'serviceCaseId', caseId, MOST),
  ]);
  const answered = messages
    .filter((message) => textIn(message, 'direction') === 'OUTBOUND')
    .map((message) => textIn(message, 'occurredAt') ?? '')
    .reduce((latest, at) => (at > latest ? at : latest), '');
  const mails = messages
    .filter((message) => textIn(message, 'direction') === 'INBOUND')
    .map((message): Question => ({
      kind: 'mail',
      at: textIn(message, 'occurredAt') ?? '',
      who: textIn(message, 'fromName') ?? textIn(message, 'fromAddress'),
      subject: textIn(message, 'subject'),
    }))
    .filter(({ at }) => at > answered);
  const missed = calls
    .filter((call) => textIn(call, 'outcome') === 'MISSED' && textIn(call, 'followedUpAt') === null)
    .filter((call) => textIn(call, 'mergedIntoId') === null)
    .map((call): Question => ({
      kind: 'missed-call',
      at: textIn(call, 'startedAt') ?? '',
      who: textIn(call, 'phoneNumber'),
      subject: null,
    }));
  return [...mails, ...missed].toSorted((one, other) => (one.at < other.at ? -1 : 1)).slice(0, MOST_SHOWN);
}
