import type { CrmRecord, MemberRequest, MomentPage, MomentSource } from '@switchboard/core/contract';
import { telephony } from '@switchboard/core/contract';
import { endedCase, showCalls, showCases, type ShownCall, type ShownCase } from '../records/shown.ts';
import { textIn } from '../records/values.ts';
import { showReminders, type ShownReminder } from '../reminders/show.ts';
import type { Context } from '../services.ts';

export interface Day {
  /** Missed calls that nobody has called back, one per number, the last one first. */
  readonly missed: readonly (ShownCall & { readonly times: number })[];
  /** The member's own calls of the last day. */
  readonly calls: readonly ShownCall[];
  readonly cases: readonly ShownCase[];
  readonly reminders: readonly ShownReminder[];
  /** Whether the telephone system can be told to call, and the member may. */
  readonly canCall: boolean;
}

/** Of a day what every page shows, without the lists: it is asked for with each of them. */
export interface DayOutline {
  /** How many wait for a call. */
  readonly missed: number;
  readonly reminders: readonly ShownReminder[];
  readonly canCall: boolean;
}

const DAY_MS = 24 * 3_600_000;
/** Who was missed longer ago has found another way. */
const MISSED_DAYS = 7;
const MOST = 100;
const MOST_CASES = 200;

/** Those that rang at the member, and those that rang at nobody in particular: a queue, a group. Each is asked for by itself, so that missed calls of others crowd out none. */
function missedOf(memberId: string): MomentSource[] {
  const missed = { object: 'phoneCall', at: 'startedAt' } as const;
  const unanswered = ['followedUpAt', 'mergedIntoId'];
  return [
    { ...missed, equal: { outcome: 'MISSED', agentId: memberId }, empty: unanswered },
    { ...missed, equal: { outcome: 'MISSED' }, empty: [...unanswered, 'agentId'] },
  ];
}

/** Open cases that the member works on. */
export const ownCases = (memberId: string): MomentSource => ({
  object: 'serviceCase',
  at: 'createdAt',
  equal: { assigneeId: memberId },
  noneOf: { status: endedCase },
});

export async function outlineDay(context: Context, request: MemberRequest): Promise<DayOutline> {
  const [open, reminders, canCall] = await Promise.all([
    openMissed(context, request),
    showReminders(context.tables, request.crm, request.member.id),
    mayCall(context, request),
  ]);
  return { missed: open.length, reminders, canCall };
}

export async function readDay(context: Context, request: MemberRequest): Promise<Day> {
  const { crm, member } = request;
  const ownCalls: MomentSource = {
    object: 'phoneCall',
    at: 'startedAt',
    equal: { agentId: member.id },
    empty: ['mergedIntoId'],
  };
  const [open, calls, cases, reminders, canCall] = await Promise.all([
    openMissed(context, request),
    crm.newest([ownCalls], within(context, DAY_MS)).then(recordsOf),
    crm.newest([ownCases(member.id)], { limit: MOST_CASES }).then(recordsOf),
    showReminders(context.tables, crm, member.id),
    mayCall(context, request),
  ]);
  const shown = await showCalls(
    crm,
    context.tenant,
    open.map(([call]) => call),
  );
  return {
    missed: shown.map((call, index) => ({ ...call, times: open[index]?.[1] ?? 1 })),
    calls: await showCalls(crm, context.tenant, calls),
    cases: await showCases(crm, cases),
    reminders,
    canCall,
  };
}

async function openMissed(context: Context, { crm, member }: MemberRequest) {
  const calls = await crm.newest(missedOf(member.id), within(context, MISSED_DAYS * DAY_MS)).then(recordsOf);
  return onePerNumber(calls.filter(isInbound));
}

async function mayCall({ capability }: Context, { may }: MemberRequest): Promise<boolean> {
  return capability(telephony) !== undefined && (await may('calls.make'));
}

function within({ clock }: Context, ms: number): MomentPage {
  return { since: new Date(clock.now() - ms).toISOString(), limit: MOST };
}

const recordsOf = (moments: readonly { readonly record: CrmRecord }[]): CrmRecord[] =>
  moments.map(({ record }) => record);

const isInbound = (call: CrmRecord): boolean => textIn(call, 'direction') !== 'OUTBOUND';

/** Whoever tries five times wants one call back. A withheld number cannot be called, so each of those stands for itself. */
function onePerNumber(calls: readonly CrmRecord[]): [call: CrmRecord, times: number][] {
  const groups = Map.groupBy(calls, (call) => textIn(call, 'phoneNumber') ?? call.id);
  return [...groups.values()].flatMap((group) => (group[0] === undefined ? [] : [[group[0], group.length]]));
}
