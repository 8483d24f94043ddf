import type { CallCard, CaseDraft, Named } from '../api/desk.ts';

/** What the desk keeps of each call, whatever happens to the page. Pure: no storage, no clock of its own. */

export interface CaseForm {
  readonly isOpen: boolean;
  readonly subject: string;
  readonly note: string;
  readonly priority: string;
  readonly kind: string;
  /** Undefined: as the hub drafts it. */
  readonly person?: Named | undefined;
  readonly location?: Named | undefined;
  /** The case that is over and that the new one follows. */
  readonly followsId?: string | undefined;
}

/** What became of the call at this desk. */
export type Result =
  | { readonly kind: 'case'; readonly caseId: string; readonly name: string }
  | { readonly kind: 'malfunction'; readonly malfunctionId: string; readonly name: string }
  /** Somebody was faster. */
  | { readonly kind: 'elsewhere'; readonly caseId: string };

export interface KeptCall {
  readonly card: CallCard;
  /** The last draft of the hub; the call may be over when it is needed. */
  readonly draft?: CaseDraft | undefined;
  /** Of the case that this call becomes: the same after a reload, so that nothing is saved twice. */
  readonly requestId: string;
  readonly form: CaseForm;
  readonly hasTalked: boolean;
  /** When this member did something with it last, in whichever tab. */
  readonly editedAt?: number | undefined;
  /** When it ended, or rang no longer here. */
  readonly overAt?: number | undefined;
  readonly result?: Result | undefined;
}

export type KeptCalls = Readonly<Record<string, KeptCall>>;

export const emptyForm: CaseForm = { isOpen: false, subject: '', note: '', priority: 'NORMAL', kind: 'FAULT' };

/** Longer than a shift. */
const KEPT_MS = 24 * 3_600_000;

interface Now {
  readonly memberId: string;
  readonly now: number;
  readonly newId: () => string;
}

/**
 * Brings what is kept up to date with the calls that go on. A call that is over stays while there is something to do with it: it was missed, or
 * nobody has said what it was about.
 */
export function follow(kept: KeptCalls, live: ReadonlyMap<string, CallCard>, { memberId, now, newId }: Now): KeptCalls {
  const ongoing = [...live].map(([callId, card]): [string, KeptCall] => {
    const known = kept[callId];
    const isMine = card.agents.some((agent) => agent.memberId === memberId && agent.state === 'talking');
    const { overAt: _overAt, ...before } = known ?? { requestId: newId(), form: emptyForm, hasTalked: false };
    return [callId, { ...before, card, hasTalked: before.hasTalked || isMine }];
  });
  const over = Object.entries(kept)
    .filter(([callId]) => !live.has(callId))
    .map(([callId, call]): [string, KeptCall] => [callId, { ...call, overAt: call.overAt ?? now }])
    .filter(([, call]) => isUnfinished(call) && now - (call.overAt ?? now) < KEPT_MS);
  return Object.fromEntries([...ongoing, ...over]);
}

/**
 * Brings together what two tabs keep of the same calls: whether a call goes on every tab knows by itself, what somebody did with it is in the tab where that
 * was last. Where nothing was done, what was kept first stays, so that all tabs save a case under one id.
 *
 * @param own of this tab; other calls are not taken over
 */
export function withOtherTabs(own: KeptCalls, other: KeptCalls): KeptCalls {
  const merged = Object.entries(own).map(([callId, call]): [string, KeptCall] => {
    const there = other[callId];
    if (there === undefined || (call.editedAt ?? 0) > (there.editedAt ?? 0)) return [callId, call];
    const { card, overAt, hasTalked } = call;
    return [callId, { ...there, card, overAt, hasTalked: hasTalked || there.hasTalked }];
  });
  return Object.fromEntries(merged);
}

/** Whether another tab knows more of a call than this one: something was done with it there later, or it was there first. */
export function hasNews(other: KeptCalls, own: KeptCalls): boolean {
  return Object.entries(own).some(([callId, { editedAt = 0, requestId }]) => {
    const there = other[callId];
    if (there === undefined || there.requestId === requestId) return (there?.editedAt ?? 0) > editedAt;
    return (there.editedAt ?? 0) >= editedAt;
  });
}

/** Calls that are over, and that another tab has done with, are done with here. */
export function withoutDone(own: KeptCalls, before: KeptCalls, after: KeptCalls): KeptCalls {
  const isDone = ([callId, call]: [string, KeptCall]) =>
    call.overAt !== undefined && callId in before && !(callId in after);
  return Object.fromEntries(Object.entries(own).filter((entry) => !isDone(entry)));
}

/** Whether something is left to do with a call that is over. */
function isUnfinished({ card, result, form }: KeptCall): boolean {
  if (result !== undefined) return result.kind === 'elsewhere' && form.note !== '';
  return card.direction !== 'INTERNAL' || isDirty(form);
}

function isDirty({ subject, note }: CaseForm): boolean {
  return subject.trim() !== '' || note.trim() !== '';
}

/** Those that ring first, then those that go on, then those that are over; of each the newest first. */
export function inOrder(kept: KeptCalls): readonly KeptCall[] {
  const rank = ({ card, overAt }: KeptCall) => (overAt !== undefined ? 2 : card.state === 'ringing' ? 0 : 1);
  return Object.values(kept).toSorted(
    (one, other) => rank(one) - rank(other) || (one.card.startedAt < other.card.startedAt ? 1 : -1),
  );
}

/** What one key attaches the call to: cases, then malfunctions. */
export interface Target extends Named {
  readonly object: 'serviceCase' | 'malfunction';
}

export function targetsOf({ openCases, malfunctions }: CallCard): readonly Target[] {
  return [
    ...openCases.map(({ id, name }): Target => ({ object: 'serviceCase', id, name })),
    ...malfunctions.map(({ id, name }): Target => ({ object: 'malfunction', id, name })),
  ];
}

const taken = [
  'channel',
  'companyId',
  'assetId',
  'contractId',
  'serviceLevel',
  'protocolId',
  'protocolVersion',
] as const;

/** The fields of the new case: what the hub drafts, as the agent has changed it. @param locked those that the role may not write */
export function caseFields({ card, draft, form }: KeptCall, locked: readonly string[]): Record<string, unknown> {
  const drafted = draft?.fields ?? {};
  const malfunctions = draft?.malfunctions ?? card.malfunctions;
  const fields = {
    ...Object.fromEntries(taken.map((field) => [field, drafted[field]])),
    subject: form.subject,
    priority: form.priority,
    kind: form.kind,
    personId: form.person?.id ?? drafted['personId'] ?? card.person?.id,
    locationId: form.location?.id ?? drafted['locationId'] ?? card.location?.id,
    malfunctionId: malfunctions.length === 1 ? malfunctions[0]?.id : undefined,
  };
  // What was drafted for one place does not hold for another.
  const isElsewhere = form.location !== undefined && form.location.id !== (drafted['locationId'] ?? card.location?.id);
  if (isElsewhere) Object.assign(fields, { assetId: undefined, malfunctionId: undefined });
  const isSent = ([field, value]: [string, unknown]) =>
    value !== undefined && value !== null && !locked.includes(field);
  return Object.fromEntries(Object.entries(fields).filter(isSent));
}
