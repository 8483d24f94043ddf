import type { Route } from '@switchboard/core/contract';
import type { Context } from '../services.ts';

/** What waits for somebody to decide. */
export const unsettledCalls: Route<Context> = {
  method: 'GET',
  path: '/calls/unsettled',
  summary: 'Calls from numbers that several people share, with those who may be meant; at most 100',
  audience: 'operator',
  async handle({ crm }) {
    const calls = await crm.findBy('phoneCall', 'matchState', 'AMBIGUOUS', 100);
    return {
      body: {
        calls: calls.map(({ id, name, phoneNumber, startedAt, candidates }) => ({
          callId: id,
          name,
          phoneNumber,
          startedAt,
          candidates: candidates ?? [],
        })),
      },
    };
  },
};
