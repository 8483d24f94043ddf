import { createHash } from 'node:crypto';
import { bodyOf, type MemberRoute, RefusedError, telephony } from '@switchboard/core/contract';
import { z } from 'zod';
import type { Context } from '../services.ts';
import { outlineDay, readDay } from './day.ts';

/** What an agent has to do today. */
export const dayRoutes: readonly MemberRoute<Context>[] = [
  {
    method: 'GET',
    path: '/day',
    summary:
      'Missed calls, own calls, own open cases and reminders of the member; unchanged since `if-none-match`: 304',
    handle: async (context, request) => {
      const body = JSON.stringify(await readDay(context, request));
      const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
      if (request.headers['if-none-match'] === etag) return { status: 304, headers: { etag } };
      return { headers: { etag, 'content-type': 'application/json; charset=utf-8' }, body };
    },
  },
  {
    method: 'GET',
    path: '/day/outline',
    summary:
      'What every page shows of the day: how many missed calls wait, the reminders, and whether the member may call',
    handle: async (context, request) => ({ body: { ...(await outlineDay(context, request)) } }),
  },
  {
    method: 'POST',
    path: '/call',
    summary: 'Calls a number from the telephone of the member, with whichever telephone system is enabled',
    permission: 'calls.make',
    handle: async (context, request) => {
      const asked = bodyOf(z.object({ requestId: z.uuid(), number: z.string().min(1).max(128) }), request);
      const phone = context.capability(telephony);
      if (phone === undefined) {
        throw new RefusedError('No telephone system is connected', {
          remedy: 'An administrator can enable one under “Plugins”.',
        });
      }
      return { status: 202, body: { ...(await phone.call({ ...asked, memberId: request.member.id })) } };
    },
  },
];
