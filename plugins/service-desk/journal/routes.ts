import { actorKinds, journalKinds, type JournalKind, type MemberRoute, queryOf } from '@switchboard/core/contract';
import { z } from 'zod';
import { findCase } from '../cases/find.ts';
import { findFolder } from '../malfunctions/folder.ts';
import { id } from '../routes/shapes.ts';
import type { Context } from '../services.ts';
import { aboutCase } from './about.ts';
import { showHandling } from './handling.ts';
import { showJournal } from './show.ts';

const known: readonly string[] = journalKinds;

const asked = z.object({
  object: z.enum(['serviceCase', 'malfunction']),
  id,
  kinds: z
    .string()
    .transform((text) => text.split(',').filter((kind): kind is JournalKind => known.includes(kind)))
    .optional(),
  /** `MEMBER`, or one of them: `MEMBER/ID`. */
  who: z
    .string()
    .regex(/^[A-Z]+(?:\/[0-9a-f-]{36})?$/, 'must be a kind of author, with an id or without')
    .transform((text) => ({ kind: text.split('/')[0], id: text.split('/')[1] }))
    .pipe(z.object({ kind: z.enum(actorKinds), id: z.union([id, z.undefined()]) }))
    .optional(),
  before: z
    .string()
    .regex(/^\d{4}-[\dT:.Z-]{6,30}~\d{1,15}$/, 'must be the end of a page')
    .transform((text) => {
      const [at = '', sequence = ''] = text.split('~');
      return { at: new Date(at), sequence: Number(sequence) };
    })
    .refine(({ at }) => !Number.isNaN(at.getTime()), 'must be the end of a page')
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const journalRoutes: readonly MemberRoute<Context>[] = [
  {
    method: 'GET',
    path: '/journal',
    summary: 'What happened to a case or a malfunction, by anybody, the newest first, as far as one may read it',
    handle: async (context, request) => {
      const { object, id: recordId, kinds, who, before, limit } = queryOf(asked, request);
      const { tables, clock } = context;
      const { crm } = request;
      const sources = { tables, crm, now: clock.now() };
      const of = { object, id: recordId };
      await (object === 'serviceCase' ? findCase(sources, recordId) : findFolder(sources, recordId));
      const about = object === 'serviceCase' ? await aboutCase(context, crm, recordId) : [of];
      return { body: await showJournal(context, request, { of, about, kinds, actor: who, before, limit }) };
    },
  },
  {
    method: 'GET',
    path: '/cases/handling',
    summary: 'Who does what next about a case, and what waits for an answer (?id=ID)',
    handle: async (context, request) => ({
      body: await showHandling(context, request, queryOf(z.object({ id }), request).id),
    }),
  },
];
