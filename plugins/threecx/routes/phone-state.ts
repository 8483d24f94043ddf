import { type MemberRoute, NotFoundError } from '@switchboard/core/contract';
import { textOf } from '../calls/caller.ts';
import { callAt } from '../calls/live/own-call.ts';
import { requestState, stateKey } from '../calls/phone/requests.ts';
import { printable } from '../payload.ts';
import type { Context } from '../services.ts';

const states = { Ringing: 'ringing', Dialing: 'dialling', Connected: 'talking' } as const;

/** What became of a click, and the call at the own telephone: for pages that do not follow the live feed. */
export const phoneState: MemberRoute<Context> = {
  method: 'GET',
  path: '/phone/request',
  permission: 'calls.make',
  summary: 'What became of a request of the member (?id=…), and the call at the own telephone',
  async handle(context, { query, member }) {
    const found = await context.store.get(stateKey(member.id, printable(query.get('id') ?? '').slice(0, 100)));
    const { data } = requestState.safeParse(found);
    if (data === undefined) {
      throw new NotFoundError('There is no such request, or it is older than a quarter of an hour', {
        field: 'query.id',
        remedy: 'Look at the telephone, or call again.',
      });
    }
    const record = await context.crm.get('workspaceMember', member.id);
    const extension = record === undefined ? '' : textOf(record, 'extension');
    const call = extension === '' ? undefined : await callAt(context, extension);
    return { body: { ...data, call: call === undefined ? null : { id: call.callId, state: states[call.status] } } };
  },
};
