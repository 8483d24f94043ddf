import type { RawRequest, Reply, Route, Telephony } from '@switchboard/core/contract';
import { z } from 'zod';
import { createTelephony } from '../calls/phone/telephony.ts';
import { readBody } from '../payload.ts';
import type { Context } from '../services.ts';

const who = { requestId: z.string().min(1).max(100), memberId: z.uuid() };
const callBody = z.object({ ...who, number: z.string().max(128) });
const actionBody = z.object({ ...who, callId: z.uuid() });
const transferBody = actionBody.extend({ to: z.string().max(128) });

/** The doors to the capability `telephony`: each click is accepted at once. */
export const phoneRoutes: readonly Route<Context>[] = [
  route('/phone/call', 'Calls a number from the telephone of a member', callBody, ({ call }, body) => call(body)),
  route('/phone/hang-up', 'Ends or declines a call of a member', actionBody, ({ hangUp }, body) => hangUp(body)),
  route('/phone/transfer', 'Hands a call of a member on', transferBody, ({ transfer }, body) => transfer(body)),
];

function route<S extends z.ZodType>(
  path: `/${string}`,
  summary: string,
  schema: S,
  act: (phone: Telephony, body: z.output<S>) => Promise<object>,
): Route<Context> {
  return {
    method: 'POST',
    path,
    summary,
    audience: 'operator',
    async handle(context: Context, { body }: RawRequest): Promise<Reply> {
      const asked = readBody(schema, body, (field) => `Send JSON with a valid ${field.replace('body.', '')}.`);
      return { status: 202, body: await act(createTelephony(context), asked) };
    },
  };
}
