import {
  type CallAction,
  type CallRequest,
  job,
  NotFoundError,
  PayloadError,
  type PhoneRequestAccepted,
  RefusedError,
  type Telephony,
} from '@switchboard/core/contract';
import type { Context } from '../../services.ts';
import { textOf } from '../caller.ts';
import { findCall } from '../find-call.ts';
import { presentLegs } from '../live/tracked.ts';
import { dialString } from './dial-string.ts';
import { actOnPhone, phoneRequest, type PhoneRequest, progress } from './requests.ts';

/** The telephone system as other plugins use it. */
export function createTelephony(context: Context): Telephony {
  return {
    async call(request) {
      checkControl(context);
      const destination = dialString(request.number, context.config, context.tenant.country);
      return await accept(context, { action: 'call', ...(await asker(context, request)), destination });
    },
    async hangUp(request) {
      checkControl(context);
      return await accept(context, { action: 'hangUp', ...(await legOf(context, request)) });
    },
    async transfer(request) {
      checkControl(context);
      const destination = dialString(request.to, context.config, context.tenant.country);
      return await accept(context, { action: 'transfer', ...(await legOf(context, request)), destination });
    },
  };
}

async function accept(context: Context, request: PhoneRequest): Promise<PhoneRequestAccepted> {
  const { success, data } = phoneRequest.safeParse(request);
  if (!success) {
    throw new PayloadError('requestId: must have 1 to 100 characters', {
      field: 'requestId',
      remedy: 'Make one id per click, such as a UUID.',
    });
  }
  // A request that is asked again keeps what became of it: only the first puts it back to "accepted".
  const isRepeat = (await context.store.get(requestKey(data.requestId))) !== undefined;
  await context.commit({
    jobs: [job(actOnPhone, data, data.requestId)],
    ...(isRepeat ? {} : progress(data, 'accepted', context.clock.now())),
  });
  return { requestId: data.requestId };
}

/** Where the store keeps that a request was begun. */
export const requestKey = (requestId: string): string => `phone/${requestId}`;

function checkControl({ services }: Context): void {
  if (services.phone !== undefined) return;
  throw new RefusedError('The hub has no control of the telephones', {
    remedy:
      'Enter the client id and key of the Call Control API in the settings of 3CX; the check-up tells what it can do.',
  });
}

async function asker({ crm, clock }: Context, { requestId, memberId }: Pick<CallRequest, 'requestId' | 'memberId'>) {
  const member = await crm.get('workspaceMember', memberId);
  const extension = member === undefined ? '' : textOf(member, 'extension');
  if (extension === '') {
    throw new NotFoundError('This member has no extension', {
      field: 'memberId',
      remedy: "Enter the extension in the member's profile in Twenty, or synchronise the agents with 3CX.",
    });
  }
  return { requestId, memberId, extension, askedAt: new Date(clock.now()).toISOString() };
}

async function legOf(context: Context, request: CallAction) {
  const own = await asker(context, request);
  const { tracked } = await findCall(context, request.callId, 'callId');
  const leg = tracked && presentLegs(tracked).find(({ dn }) => dn === own.extension);
  if (leg !== undefined) return { ...own, participantId: leg.participantId };
  throw new NotFoundError('This call is over, or somebody else has it', {
    field: 'callId',
    remedy: 'Only a call that rings or lasts at the own extension can be ended or handed on.',
  });
}
