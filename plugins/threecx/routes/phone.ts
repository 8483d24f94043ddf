import type { MemberRoute, Route, Telephony } from '@switchboard/core/contract';
import { z } from 'zod';
import { createTelephony } from '../calls/phone/telephony.ts';
import { readBody } from '../payload.ts';
import { phoneState } from './phone-state.ts';
import type { Context } from '../services.ts';

/** The doors to the capability `telephony`: each click is accepted at once. */

const requestId = z.string().min(1).max(100);
const memberId = z.uuid();
const number = z.string().max(128);

type Deed<Body> = {
  readonly path: `/${string}`;
  readonly summary: string;
  readonly body: z.ZodObject;
  readonly act: (phone: Telephony, asked: Body & { readonly memberId: string }) => Promise<object>;
};

const deeds = [
  deed({
    path: '/phone/call',
    summary: 'Calls a number from the telephone of a member',
    body: z.object({ requestId, number }),
    act: (phone, asked) => phone.call(asked),
  }),
  deed({
    path: '/phone/hang-up',
    summary: 'Ends or declines a call of a member',
    body: z.object({ requestId, callId: z.uuid() }),
    act: (phone, asked) => phone.hangUp(asked),
  }),
  deed({
    path: '/phone/transfer',
    summary: 'Hands a call of a member on',
    body: z.object({ requestId, callId: z.uuid(), to: number }),
    act: (phone, asked) => phone.transfer(asked),
  }),
];

/** For operators, who name the member. */
export const phoneRoutes: readonly Route<Context>[] = deeds.map(({ path, summary, run }) => ({
  method: 'POST',
  path,
  summary,
  audience: 'operator',
  handle: async (context, { body }) => {
    const asked = readBody(z.object({ memberId }), body, wrongField);
    return { status: 202, body: await run(context, body, asked.memberId) };
  },
}));

/** For members, each at the own telephone. */
const deedsOfMembers: readonly MemberRoute<Context>[] = deeds.map(({ path, summary, run }) => ({
  method: 'POST',
  path,
  summary,
  permission: 'calls.make',
  handle: async (context, { body, member }) => ({ status: 202, body: await run(context, body, member.id) }),
}));

export const phoneRoutesForMembers: readonly MemberRoute<Context>[] = [...deedsOfMembers, phoneState];

function deed<S extends z.ZodObject>({ path, summary, body, act }: Deed<z.output<S>> & { readonly body: S }) {
  return {
    path,
    summary,
    run: async (context: Context, bytes: Buffer, member: string): Promise<object> =>
      await act(createTelephony(context), { ...readBody(body, bytes, wrongField), memberId: member }),
  };
}

function wrongField(field: string): string {
  return `Send JSON with a valid ${field.replace('body.', '')}.`;
}
