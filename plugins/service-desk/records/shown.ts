import type { CrmReader, CrmRecord, Tenant } from '@switchboard/core/contract';
import { type Named, namesBehind } from './named.ts';
import { numberIn, shownNumber, type ShownNumber, textIn } from './values.ts';

/** Calls, cases and malfunctions as lists of the desk show them. */

export interface ShownCall {
  readonly id: string;
  readonly direction: string | null;
  readonly outcome: string | null;
  readonly startedAt: string | null;
  readonly durationSeconds: number | null;
  readonly number: ShownNumber | null;
  readonly agentName: string | null;
  readonly person: Named | null;
  readonly company: Named | null;
  readonly location: Named | null;
}

export async function showCalls(
  crm: Pick<CrmReader, 'getMany'>,
  { country }: Pick<Tenant, 'country'>,
  calls: readonly CrmRecord[],
): Promise<ShownCall[]> {
  const named = await namesBehind(crm, calls, { personId: 'person', companyId: 'company', locationId: 'location' });
  return calls.map((call) => ({
    id: call.id,
    direction: textIn(call, 'direction'),
    outcome: textIn(call, 'outcome'),
    startedAt: textIn(call, 'startedAt'),
    durationSeconds: numberIn(call, 'durationSeconds'),
    number: shownNumber(textIn(call, 'phoneNumber') ?? '', country) ?? null,
    agentName: textIn(call, 'agentName'),
    person: named(call, 'personId'),
    company: named(call, 'companyId'),
    location: named(call, 'locationId'),
  }));
}

export interface ShownCase {
  readonly id: string;
  readonly number: string | null;
  readonly subject: string | null;
  readonly status: string | null;
  readonly priority: string | null;
  readonly dueAt: string | null;
  readonly person: Named | null;
  readonly company: Named | null;
  readonly location: Named | null;
}

/** What is due first comes first, then what is more important; what has no time to be done by comes last. */
export async function showCases(crm: Pick<CrmReader, 'getMany'>, cases: readonly CrmRecord[]): Promise<ShownCase[]> {
  const named = await namesBehind(crm, cases, { personId: 'person', companyId: 'company', locationId: 'location' });
  return cases
    .map((record) => ({
      id: record.id,
      number: textIn(record, 'number'),
      subject: textIn(record, 'subject'),
      status: textIn(record, 'status'),
      priority: textIn(record, 'priority'),
      dueAt: dueAt(record),
      person: named(record, 'personId'),
      company: named(record, 'companyId'),
      location: named(record, 'locationId'),
    }))
    .toSorted(byNeed);
}

/** The first response until there was one, then the solution. */
function dueAt(record: CrmRecord): string | null {
  const response = textIn(record, 'firstResponseAt') === null ? textIn(record, 'responseDueAt') : null;
  return response ?? textIn(record, 'resolveDueAt');
}

const priorities = ['URGENT', 'HIGH', 'NORMAL', 'LOW'];

export function byNeed(one: ShownCase, other: ShownCase): number {
  const due = (one.dueAt ?? '9').localeCompare(other.dueAt ?? '9');
  if (due !== 0) return due;
  const rank = ({ priority }: ShownCase) => priorities.indexOf(priority ?? 'NORMAL');
  return rank(one) - rank(other);
}

/** A case that is over is no work any more. */
export const endedCase = ['RESOLVED', 'CLOSED', 'CANCELLED'] as const;
export const endedMalfunction = ['RESOLVED', 'CLOSED'] as const;
