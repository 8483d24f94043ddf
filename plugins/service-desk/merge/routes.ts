import { bodyOf, type MemberRoute } from '@switchboard/core/contract';
import { z } from 'zod';
import { demandChange } from '../rights.ts';
import { id, requestId, someText } from '../routes/shapes.ts';
import { authorOf, type Context } from '../services.ts';
import { linkCases, linkKinds } from './links.ts';
import { mergeCases } from './merge.ts';
import { splitCase } from './split.ts';
import { undoMerge } from './undo.ts';

const merging = z.strictObject({ requestId, caseId: id, intoId: id });

const splitting = z
  .strictObject({
    requestId,
    caseId: id,
    subject: someText,
    callIds: z.array(id).max(100, 'must be at most 100').default([]),
    mailIds: z.array(id).max(100, 'must be at most 100').default([]),
  })
  .refine(({ callIds, mailIds }) => callIds.length + mailIds.length > 0, {
    path: ['callIds'],
    message: 'must name a call or a mail',
  });

const linking = z.strictObject({ caseId: id, otherId: id, kind: z.enum(linkKinds).nullable() });

/** The fields of a case that each deed writes. */
const merged = ['status', 'mergedIntoId', 'closeReason'];

export const mergeRoutes: readonly MemberRoute<Context>[] = [
  {
    method: 'POST',
    path: '/cases/merge',
    summary: 'Makes one case of two: the one is closed and goes on in the other',
    async handle(context, request) {
      const wanted = bodyOf(merging, request);
      await demandChange(request, 'serviceCase', merged);
      return { body: await mergeCases(context, { author: authorOf(request), crm: request.crm }, wanted) };
    },
  },
  {
    method: 'POST',
    path: '/cases/merge/undo',
    summary: 'Takes a merge back, for thirty days',
    async handle(context, request) {
      const { mergeId } = bodyOf(z.strictObject({ mergeId: id }), request);
      await demandChange(request, 'serviceCase', merged);
      return { body: await undoMerge(context, { author: authorOf(request), crm: request.crm }, mergeId) };
    },
  },
  {
    method: 'POST',
    path: '/cases/split',
    summary: 'Makes a case of its own of some calls and mails of a case',
    async handle(context, request) {
      const wanted = bodyOf(splitting, request);
      await demandChange(request, 'serviceCase', ['subject', 'splitFromId']);
      if (wanted.callIds.length > 0) await demandChange(request, 'phoneCall', ['serviceCaseId']);
      return { body: await splitCase(context, { author: authorOf(request), crm: request.crm }, wanted) };
    },
  },
  {
    method: 'POST',
    path: '/cases/link',
    summary: 'Says what two cases have to do with each other, or that they have nothing',
    async handle(context, request) {
      const wanted = bodyOf(linking, request);
      await demandChange(request, 'serviceCase', []);
      await linkCases(context, { author: authorOf(request), crm: request.crm }, wanted);
      return { body: {} };
    },
  },
];
