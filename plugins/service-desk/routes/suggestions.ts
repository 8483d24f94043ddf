import { bodyOf, type MemberRequest, type MemberRoute, queryOf } from '@switchboard/core/contract';
import { z } from 'zod';
import { memberObjects } from '../malfunctions/choices.ts';
import { showCandidates, showSuggestions } from '../suggest/show.ts';
import { decide } from '../suggest/decide.ts';
import { findDuplicates } from '../suggest/duplicates.ts';
import { fillOnce } from '../suggest/jobs.ts';
import { demandChange } from '../rights.ts';
import { authorOf, type Context } from '../services.ts';
import { id, shortText } from './shapes.ts';

/** What is asked about: a case or a call that there is, or what is known while the phone rings or a case is being written. */
const about = z
  .object({
    object: z.enum(memberObjects).optional(),
    id: id.optional(),
    companyId: id.optional(),
    locationId: id.optional(),
    assetId: id.optional(),
    text: shortText.default(''),
  })
  .refine((given) => (given.object === undefined) === (given.id === undefined), 'object and id go together');

const writing = z.object({
  personId: id.optional(),
  companyId: id.optional(),
  locationId: id.optional(),
  assetId: id.optional(),
  text: shortText.default(''),
});

const decision = z.strictObject({ folderId: id, object: z.enum(memberObjects), recordId: id, isAccepted: z.boolean() });

export const suggestionRoutes: readonly MemberRoute<Context>[] = [
  {
    method: 'GET',
    path: '/suggestions',
    summary:
      'Malfunctions that a call or a case may belong to, and cases like it, each with reasons (?object=&id= or what is known)',
    handle: async (context, request) => {
      await fillOnce(context);
      return { body: await showSuggestions(sourcesOf(context, request), queryOf(about, request)) };
    },
  },
  {
    method: 'GET',
    path: '/malfunctions/candidates',
    summary: 'Calls and cases that may belong into a malfunction, each with reasons (?id=ID)',
    handle: async (context, request) => {
      await fillOnce(context);
      return { body: await showCandidates(sourcesOf(context, request), queryOf(z.object({ id }), request).id) };
    },
  },
  {
    method: 'GET',
    path: '/cases/duplicates',
    summary: 'Cases that one which is being written may be already, each with reasons (?personId=&locationId=&text=…)',
    handle: async (context, request) => ({
      body: { cases: await findDuplicates(sourcesOf(context, request), queryOf(writing, request)) },
    }),
  },
  {
    method: 'POST',
    path: '/suggestions/decide',
    summary: 'Says that a suggestion was right or wrong; the next ones are better for it',
    async handle(context, request) {
      const wanted = bodyOf(decision, request);
      await demandChange(request, wanted.object);
      await decide(context, { author: authorOf(request), crm: request.crm }, wanted);
      return { body: {} };
    },
  },
];

const sourcesOf = ({ tables, clock, crm: all }: Context, { crm }: MemberRequest) => ({
  tables,
  crm,
  all,
  now: clock.now(),
});
