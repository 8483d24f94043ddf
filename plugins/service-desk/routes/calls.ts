import { type MemberRoute, NotFoundError, queryOf } from '@switchboard/core/contract';
import { z } from 'zod';
import { recentCalls, recentKinds } from '../cases/recent.ts';
import { describeCall } from '../cases/show.ts';
import { labelOf } from '../records/named.ts';
import type { Context } from '../services.ts';
import { id } from './shapes.ts';

const page = z.object({
  which: z.enum(recentKinds),
  before: z.iso.datetime().optional(),
  beforeId: id.optional(),
});

const PAGE = 50;

export const callRoutes: readonly MemberRoute<Context>[] = [
  {
    method: 'GET',
    path: '/calls/recent',
    summary:
      'The own calls, or those that nobody answered; the newest first, page by page (?which=mine&before=…&beforeId=…)',
    async handle(_context, { member, crm, ...request }) {
      const { which, before, beforeId } = queryOf(page, request);
      const after = before === undefined || beforeId === undefined ? {} : { before: { at: before, id: beforeId } };
      const moments = await crm.newest([recentCalls(which, member.id)], { limit: PAGE, ...after });
      const calls = await Promise.all(moments.map(async ({ record }) => await withNames(crm, record)));
      return { body: { calls, isLast: calls.length < PAGE } };
    },
  },
  {
    method: 'GET',
    path: '/calls/one',
    summary: 'A call, once it has a record (?id=ID)',
    async handle(_context, { crm, ...request }) {
      const call = await crm.get('phoneCall', queryOf(z.object({ id }), request).id);
      if (call !== undefined) return { body: await withNames(crm, call) };
      throw new NotFoundError('There is no record of this call yet', {
        field: 'query.id',
        remedy: 'It comes when somebody answers, or when the call is over.',
      });
    },
  },
];

type Reader = Parameters<MemberRoute<Context>['handle']>[1]['crm'];
type Call = Parameters<typeof describeCall>[0];

/** With the people and things that it names, as far as the role may read them. */
async function withNames(crm: Reader, call: Call): Promise<object> {
  const named = async (object: string, field: string) => {
    const linked = call[field];
    const record = typeof linked === 'string' ? await crm.get(object, linked) : undefined;
    return record === undefined ? null : { id: record.id, name: labelOf(object, record) };
  };
  const [person, company, location, serviceCase] = await Promise.all([
    named('person', 'personId'),
    named('company', 'companyId'),
    named('location', 'locationId'),
    named('serviceCase', 'serviceCaseId'),
  ]);
  return { ...describeCall(call), person, company, location, serviceCase, followedUpAt: call['followedUpAt'] ?? null };
}
