import { bodyOf, type MemberRoute, queryOf } from '@switchboard/core/contract';
import { z } from 'zod';
import { attachCall } from '../cases/attach.ts';
import { changeCase, ClashError } from '../cases/change.ts';
import { addNote } from '../cases/note.ts';
import { openCase } from '../cases/open.ts';
import { notePresence } from '../cases/presence.ts';
import { showCase } from '../cases/show.ts';
import { findCase } from '../cases/find.ts';
import { choices, editable } from '../map.ts';
import { demandChange } from '../rights.ts';
import { authorOf, type Context } from '../services.ts';
import { id, longText, requestId, shortText, someLongText, someText } from './shapes.ts';

const choice = {
  status: z.enum(choices.status),
  priority: z.enum(choices.priority),
  kind: z.enum(choices.kind),
};

const links = {
  personId: id,
  companyId: id,
  locationId: id,
  assetId: id,
  contractId: id,
  malfunctionId: id,
  assigneeId: id,
};

/** What a new case begins with: what the draft of the call says, as the agent has changed it. */
const newCase = z.strictObject({
  requestId,
  callId: id.optional(),
  isAnother: z.boolean().default(false),
  followsId: id.optional(),
  note: longText.default(''),
  fields: z.strictObject({
    subject: someText,
    ...z.object({ ...choice, ...links }).partial().shape,
    nextStep: shortText.optional(),
    channel: z.enum(['PHONE', 'EMAIL', 'CHAT', 'SMS', 'FORM', 'DESK']).optional(),
    serviceLevel: z.enum(['BASIC', 'STANDARD', 'PREMIUM', 'CRITICAL']).optional(),
    protocolId: id.optional(),
    protocolVersion: z.number().int().min(0).max(1_000_000).optional(),
  }),
});

const shapes = { subject: someText, nextStep: shortText.nullable(), ...choice, ...links };
const empty = new Set(['kind', ...Object.keys(links)]);

const changes = z
  .strictObject(
    Object.fromEntries(
      editable.map((field) => [
        field,
        z.strictObject({
          from: z.string().max(1000).nullable(),
          to: empty.has(field) ? shapes[field].nullable() : shapes[field],
        }),
      ]),
    ),
  )
  .partial();

const change = z.strictObject({
  requestId,
  caseId: id,
  changes: changes.refine((given) => Object.keys(given).length > 0, 'must name at least one field'),
});

const attachment = z.strictObject({
  requestId,
  callId: id,
  to: z.union([z.strictObject({ caseId: id }), z.strictObject({ malfunctionId: id })]),
  note: longText.default(''),
  isMove: z.boolean().default(false),
});

export const caseRoutes: readonly MemberRoute<Context>[] = [
  {
    method: 'GET',
    path: '/cases/one',
    summary: 'A case with what happened to it (?id=ID)',
    handle: async (context, request) => ({
      body: await showCase(context, request, queryOf(z.object({ id }), request).id),
    }),
  },
  {
    method: 'POST',
    path: '/cases',
    summary: 'Opens a case, from a call or by hand',
    async handle(context, request) {
      const wanted = bodyOf(newCase, request);
      await demandChange(request, 'serviceCase', Object.keys(wanted.fields), 'body.fields.');
      if (wanted.note !== '') await demandChange(request, 'serviceCase', ['description']);
      if (wanted.callId !== undefined) await demandChange(request, 'phoneCall', ['serviceCaseId']);
      return { body: await openCase(context, { author: authorOf(request), crm: request.crm }, wanted) };
    },
  },
  {
    method: 'POST',
    path: '/cases/change',
    summary: 'Changes fields of a case: all or none; each names the value that it replaces',
    async handle(context, request) {
      const wanted = bodyOf(change, request);
      await demandChange(request, 'serviceCase', Object.keys(wanted.changes), 'body.changes.');
      try {
        return { body: await changeCase(context, { author: authorOf(request), crm: request.crm }, wanted) };
      } catch (error) {
        if (!(error instanceof ClashError)) throw error;
        const { code, message, field, remedy, clashes } = error;
        return { status: 409, body: { error: { code, message, field, remedy }, clashes } };
      }
    },
  },
  {
    method: 'POST',
    path: '/cases/note',
    summary: 'Adds a note to a case',
    async handle(context, request) {
      const wanted = bodyOf(z.strictObject({ requestId, caseId: id, text: someLongText }), request);
      await demandChange(request, 'serviceCase');
      return { body: await addNote(context, { author: authorOf(request), crm: request.crm }, wanted) };
    },
  },
  {
    method: 'POST',
    path: '/cases/presence',
    summary: 'Says that one has a case open, edits it, or has left it',
    async handle(context, request) {
      const wanted = bodyOf(z.strictObject({ caseId: id, state: z.enum(['reading', 'editing', 'left']) }), request);
      const { tables, clock } = context;
      if (wanted.state !== 'left') await findCase({ tables, crm: request.crm, now: clock.now() }, wanted.caseId);
      await notePresence(context, authorOf(request), wanted);
      return { body: {} };
    },
  },
  {
    method: 'POST',
    path: '/calls/attach',
    summary: 'Says that a call is about a case or a malfunction that there is',
    async handle(context, request) {
      const wanted = bodyOf(attachment, request);
      await demandChange(request, 'phoneCall', ['caseId' in wanted.to ? 'serviceCaseId' : 'malfunctionId']);
      if ('caseId' in wanted.to) await demandChange(request, 'serviceCase');
      return { body: await attachCall(context, { author: authorOf(request), crm: request.crm }, wanted) };
    },
  },
];
