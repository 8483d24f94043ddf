import { type CrmRecord, type MemberRequest, sql, thisTenant } from '@switchboard/core/contract';
import { editable } from '../map.ts';
import { lockedOf } from '../rights.ts';
import type { Context } from '../services.ts';
import { mergedInto } from '../merge/store.ts';
import { relationsOf } from '../merge/show.ts';
import { findCase } from './find.ts';
import { labelOf, type Named } from '../records/named.ts';
import { findLinked, type LinkField, linkObjects } from './links.ts';

const shownFields = [
  ...editable,
  'number',
  'channel',
  'serviceLevel',
  'openedAt',
  'responseDueAt',
  'firstResponseAt',
  'resolveDueAt',
  'serviceState',
  'resolvedAt',
  'closedAt',
  'reopenCount',
  'protocolId',
] as const;

/** A case as its page shows it: of all of it only what the member's role may read. */
export async function showCase(context: Context, { crm }: Pick<MemberRequest, 'crm'>, caseId: string): Promise<object> {
  const { tables, clock } = context;
  const { current } = await findCase({ tables, crm, now: clock.now() }, caseId);
  // What is on its way to Twenty has not gone through the role's eyes yet.
  const visible = await Promise.all(shownFields.map((field) => crm.sees('serviceCase', field)));
  const fields = Object.fromEntries(
    shownFields.filter((_field, index) => visible[index]).map((field) => [field, current[field] ?? null]),
  );
  const parts = [caseId, ...(await mergedInto(tables, caseId)).map((merge) => merge.caseId)];
  const [links, calls, relations, isEditable, locked] = await Promise.all([
    linksOf(context, crm, fields),
    Promise.all(parts.map((part) => callsOf(context, crm, part))),
    relationsOf(context, crm, caseId),
    crm.mayChange('serviceCase'),
    lockedOf(crm, 'serviceCase', editable),
  ]);
  return { caseId, fields, links, calls: calls.flat(), relations, isEditable, locked };
}

async function linksOf(
  { tables }: Context,
  crm: MemberRequest['crm'],
  fields: Readonly<Record<string, unknown>>,
): Promise<Partial<Record<LinkField, Named>>> {
  const found = await Promise.all(
    Object.entries(linkObjects).map(async ([field, object]): Promise<[string, Named][]> => {
      const id = fields[field];
      const record = typeof id === 'string' ? await findLinked({ tables, crm }, object, id) : undefined;
      if (record === undefined || !(await crm.sees(object, 'name'))) return [];
      return [[field, { id: record.id, name: labelOf(object, record) }]];
    }),
  );
  return Object.fromEntries(found.flat());
}

const MOST_CALLS = 200;

/** Calls about the case: those whose record says so, and those whose record is about to. */
async function callsOf({ tables }: Context, crm: MemberRequest['crm'], caseId: string): Promise<object[]> {
  const recorded = await crm.findBy('phoneCall', 'serviceCaseId', caseId, MOST_CALLS);
  const ids = recorded.map(({ id }) => id);
  const rows = await tables.query<{ callId: string; isHere: boolean; filedAt: Date }>(sql`
    select call_id as "callId", case_id is not distinct from ${caseId}::uuid as "isHere", filed_at as "filedAt"
    from service_desk_call
    where tenant_id = ${thisTenant} and (case_id = ${caseId} or call_id = any(${ids}::uuid[])) limit ${MOST_CALLS}`);
  const moved = new Set(rows.flatMap(({ callId, isHere }) => (isHere ? [] : [callId])));
  const awaited = rows.filter(({ callId, isHere }) => isHere && !ids.includes(callId));
  const records = await Promise.all(awaited.map(async ({ callId }) => await crm.get('phoneCall', callId)));
  const sees = (await crm.sees('phoneCall', 'startedAt')) && (await crm.sees('phoneCall', 'serviceCaseId'));
  return [
    ...recorded.filter(({ id }) => !moved.has(id)).map(describeCall),
    ...(sees ? awaited : []).map(({ callId, filedAt }, index) =>
      describeCall(records[index] ?? { id: callId, startedAt: filedAt.toISOString() }),
    ),
  ];
}

export function describeCall(call: CrmRecord) {
  const of = (field: string) => call[field] ?? null;
  return {
    id: call.id,
    startedAt: of('startedAt'),
    direction: of('direction'),
    outcome: of('outcome'),
    durationSeconds: of('durationSeconds'),
    phoneNumber: of('phoneNumber'),
    agentName: of('agentName'),
  };
}
