import { bodyOf, type Route } from '@switchboard/core/contract';
import { z } from 'zod';
import { listSetAside, retrySetAside } from '../receive/set-aside.ts';
import type { Context } from '../services.ts';

/** Messages that could not be read, and those that a server does not hand out. */
export const setAsideRoutes: readonly Route<Context>[] = [
  {
    method: 'GET',
    path: '/set-aside',
    summary: 'Messages that could not be read or are not handed out by their server',
    audience: 'operator',
    handle: async ({ tables }) => ({ body: await listSetAside(tables) }),
  },
  {
    method: 'POST',
    path: '/set-aside/retry',
    summary: 'Reads one of them (id) or all of them again',
    audience: 'operator',
    handle: async (context, request) => {
      const { id } = bodyOf(z.object({ id: z.uuid().optional() }), request);
      return { status: 202, body: await retrySetAside(context, id) };
    },
  },
];
