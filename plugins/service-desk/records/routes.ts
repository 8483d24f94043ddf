import { type MemberRoute, queryOf } from '@switchboard/core/contract';
import { z } from 'zod';
import type { Context } from '../services.ts';
import { demandRead, pageObjects, readPage } from './page.ts';
import { readTimeline, timelineKinds, type TimelineKind } from './timeline.ts';

const page = z.object({ object: z.enum(pageObjects), id: z.uuid('must be an id').toLowerCase() });

/** Which timeline, and what of it. */
export const timelineOf = page.extend({
  kinds: z
    .string()
    .default(timelineKinds.join(','))
    .transform((text) => timelineKinds.filter((kind): kind is TimelineKind => text.split(',').includes(kind))),
});

const timeline = timelineOf.extend({
  before: z
    .string()
    .regex(/^\d{4}-[\dT:.Z+-]{6,30}~[0-9a-f-]{36}$/, 'must be the end of a page')
    .transform((text) => {
      const [at = '', id = ''] = text.split('~');
      return { at, id };
    })
    .refine(({ id }) => z.uuid().safeParse(id).success, 'must be the end of a page')
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});

/** The pages of people, companies and locations. */
export const recordRoutes: readonly MemberRoute<Context>[] = [
  {
    method: 'GET',
    path: '/record',
    summary: 'A person, a company or a location with what matters of it, as far as one may read it',
    handle: async ({ tenant }, request) => {
      const { object, id } = queryOf(page, request);
      return { body: await readPage(request.crm, tenant, object, id) };
    },
  },
  {
    method: 'GET',
    path: '/timeline',
    summary: 'Calls, messages, cases, malfunctions and notes around a person, a company or a location, newest first',
    handle: async ({ tenant }, request) => {
      const { before, ...asked } = queryOf(timeline, request);
      await demandRead(request.crm, asked.object);
      return { body: await readTimeline(request.crm, tenant, { ...asked, before }) };
    },
  },
];
