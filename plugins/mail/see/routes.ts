import type { MemberRoute, Route } from '@switchboard/core/contract';
import type { Context } from '../services.ts';
import { type Look, looks } from './reading.ts';
import { sentExport } from './sent-export.ts';
import { operator, viewerOf } from './viewer.ts';
import { deeds, mailboxChoices } from './writing.ts';

const forMember =
  (method: 'GET' | 'POST') =>
  (look: Look): MemberRoute<Context> => ({
    method,
    path: look.path,
    summary: look.summary,
    streams: look.streams ?? false,
    handle: async (context, request, signal) => await look.answer(context, await viewerOf(request), request, signal),
  });

const forOperator =
  (method: 'GET' | 'POST') =>
  (look: Look): Route<Context> => ({
    method,
    path: look.path,
    summary: look.summary,
    streams: look.streams ?? false,
    audience: 'operator',
    // Somebody who manages plugins reads by that no mail.
    permission: 'mail.see-all',
    handle: async (context, request, signal) => await look.answer(context, operator, request, signal),
  });

/** For members inside Twenty, each with what the own role and the own mailboxes show. */
export const mailRoutesForMembers: readonly MemberRoute<Context>[] = [
  ...[...looks, mailboxChoices].map(forMember('GET')),
  ...deeds.map(forMember('POST')),
  sentExport,
];

/** For operators, who see all. */
export const mailRoutes: readonly Route<Context>[] = [
  ...[...looks, mailboxChoices].map(forOperator('GET')),
  ...deeds.map(forOperator('POST')),
];
