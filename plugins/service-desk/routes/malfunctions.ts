import { bodyOf, type MemberRequest, type MemberRoute, queryOf } from '@switchboard/core/contract';
import { z } from 'zod';
import { assetKinds, folderKinds, folderStates, memberObjects, severities } from '../malfunctions/choices.ts';
import { MOST_CHOSEN, showChosen } from '../malfunctions/chosen.ts';
import { editFolder } from '../malfunctions/edit.ts';
import { addFolderNote, changeStatus, previewFlow } from '../malfunctions/flow.ts';
import { listFolders } from '../malfunctions/list.ts';
import { moveMembers } from '../malfunctions/move.ts';
import { openFolder } from '../malfunctions/open.ts';
import { listPlaces } from '../malfunctions/places.ts';
import { showFolder } from '../malfunctions/show.ts';
import { undoFlow } from '../malfunctions/undo.ts';
import { fillOnce } from '../suggest/jobs.ts';
import { demandChange } from '../rights.ts';
import { authorOf, type Context } from '../services.ts';
import { id, longText, requestId, shortText } from './shapes.ts';

const member = z.strictObject({ object: z.enum(memberObjects), id });
/** What goes to the CRM with one click stays within one batch. */
const members = z.array(member).max(200, 'must be at most 200');
const caseIds = z.array(id).max(1000, 'must be at most 1,000');
const moment = z.iso.datetime({ offset: true });

const optional = z
  .strictObject({
    severity: z.enum(severities),
    kind: z.enum(folderKinds).nullable(),
    assetKind: z.enum(assetKinds).nullable(),
    isMajor: z.boolean(),
    announcement: longText.pipe(z.string().max(2000, 'must have at most 2,000 characters')),
    companyId: id.nullable(),
    locationId: id.nullable(),
    assetId: id.nullable(),
    expectedResolutionAt: moment.nullable(),
  })
  .partial();

const title = shortText.pipe(z.string().min(1, 'must not be empty'));

const newFolder = z.strictObject({
  requestId,
  note: longText.default(''),
  members: members.default([]),
  fields: optional.extend({ title }),
});

/** What the list of malfunctions is narrowed to. */
export const folderFilter = z.object({
  state: z.enum(['open', 'ended', 'all']).default('open'),
  companyId: id.optional(),
  locationId: id.optional(),
  kind: z.enum(folderKinds).optional(),
  since: moment.optional(),
  until: moment.optional(),
});

const statusChange = z.strictObject({
  requestId,
  folderId: id,
  to: z.enum(folderStates),
  cases: caseIds.optional(),
  note: longText.default(''),
});

const some = members.min(1, 'must name at least one member');

const putting = z.strictObject({ folderId: id, members: some, score: z.number().min(0).max(1).optional() });

const taking = z.strictObject({ folderId: id.optional(), members: some });

const choosing = z.object({
  object: z.enum(memberObjects),
  ids: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(id).max(MOST_CHOSEN, 'must be at most 100')),
});

const manage = { permission: 'malfunctions.manage' } as const;

/** Folders: who may change calls and cases puts them in and out; to open, change and end one takes the permission. */
export const malfunctionRoutes: readonly MemberRoute<Context>[] = [
  {
    method: 'GET',
    path: '/malfunctions',
    summary: 'Malfunctions, the newest first (?state=open|ended|all, companyId, locationId, kind, since, until)',
    handle: async (context, request) => ({
      body: await listFolders(sourcesOf(context, request), queryOf(folderFilter, request)),
    }),
  },
  {
    method: 'GET',
    path: '/malfunctions/places',
    summary:
      'The same by location, with its coordinates, and whether there are map tiles (the same filter; 2,000 at most)',
    async handle(context, request) {
      const { mapTiles, mapTilesBy } = context.config;
      const list = await listPlaces(sourcesOf(context, request), queryOf(folderFilter, request));
      return { body: { ...list, tiles: mapTiles === '' ? null : { by: mapTilesBy } } };
    },
  },
  {
    method: 'GET',
    path: '/malfunctions/one',
    summary: 'A malfunction with its members and what flowed to them (?id=ID)',
    handle: async (context, request) => ({
      body: await showFolder(sourcesOf(context, request), queryOf(z.object({ id }), request).id),
    }),
  },
  {
    method: 'POST',
    path: '/malfunctions',
    summary: 'Opens a malfunction, with the calls and cases that it begins with',
    ...manage,
    async handle(context, request) {
      const wanted = bodyOf(newFolder, request);
      await demandChange(request, 'malfunction', Object.keys(wanted.fields), 'body.fields.');
      await demandMembers(request, wanted.members);
      return { body: await openFolder(context, asking(request), wanted) };
    },
  },
  {
    method: 'POST',
    path: '/malfunctions/edit',
    summary: 'Changes what is said about a malfunction',
    ...manage,
    async handle(context, request) {
      const shape = z.strictObject({ requestId, folderId: id, fields: optional.extend({ title: title.optional() }) });
      const wanted = bodyOf(shape, request);
      await demandChange(request, 'malfunction', Object.keys(wanted.fields), 'body.fields.');
      return { body: await editFolder(context, asking(request), wanted) };
    },
  },
  {
    method: 'GET',
    path: '/malfunctions/chosen',
    summary: `Calls or cases that somebody has chosen, ${MOST_CHOSEN} at most: in which malfunctions they are and may belong (?object=&ids=A,B)`,
    async handle(context, request) {
      await fillOnce(context);
      const sources = { ...sourcesOf(context, request), all: context.crm };
      const shown = await showChosen(sources, queryOf(choosing, request));
      return { body: { ...shown, workspace: context.tenant.slug } };
    },
  },
  {
    method: 'POST',
    path: '/malfunctions/put',
    summary: 'Puts calls and cases into a malfunction',
    async handle(context, request) {
      const wanted = bodyOf(putting, request);
      await demandMembers(request, wanted.members);
      return { body: { results: await moveMembers(context, asking(request), { ...wanted, into: true }) } };
    },
  },
  {
    method: 'POST',
    path: '/malfunctions/take',
    summary: 'Takes calls and cases out of a malfunction, or each out of the one that it is in',
    async handle(context, request) {
      const wanted = bodyOf(taking, request);
      await demandMembers(request, wanted.members);
      return { body: { results: await moveMembers(context, asking(request), { ...wanted, into: false }) } };
    },
  },
  {
    method: 'GET',
    path: '/malfunctions/preview',
    summary: 'What a status of the malfunction would do to its cases (?id=ID&to=CLOSED)',
    async handle(context, request) {
      const asked = queryOf(z.object({ id, to: z.enum(folderStates) }), request);
      return { body: { preview: await previewFlow(context, request.crm, asked.id, asked.to) } };
    },
  },
  {
    method: 'POST',
    path: '/malfunctions/status',
    summary: 'Gives a malfunction another status, and the chosen cases with it',
    ...manage,
    async handle(context, request) {
      const wanted = bodyOf(statusChange, request);
      await demandChange(request, 'malfunction', ['status']);
      if ((wanted.cases ?? []).length > 0) await demandChange(request, 'serviceCase', ['status']);
      return { body: await changeStatus(context, asking(request), wanted) };
    },
  },
  {
    method: 'POST',
    path: '/malfunctions/note',
    summary: 'Writes a note to a malfunction, and to the chosen cases',
    ...manage,
    async handle(context, request) {
      const shape = z.strictObject({
        requestId,
        folderId: id,
        text: longText.pipe(z.string().min(1)),
        cases: caseIds.default([]),
      });
      const wanted = bodyOf(shape, request);
      await demandChange(request, 'malfunction');
      if (wanted.cases.length > 0) await demandChange(request, 'serviceCase');
      return { body: await addFolderNote(context, asking(request), wanted) };
    },
  },
  {
    method: 'POST',
    path: '/malfunctions/undo',
    summary: 'Takes back what flowed from a malfunction, where nobody has changed it since',
    ...manage,
    async handle(context, request) {
      const { flowId } = bodyOf(z.strictObject({ flowId: id }), request);
      await demandChange(request, 'malfunction', ['status']);
      await demandChange(request, 'serviceCase', ['status']);
      return { body: await undoFlow(context, asking(request), flowId) };
    },
  },
];

const sourcesOf = ({ tables, clock }: Context, { crm }: MemberRequest) => ({ tables, crm, now: clock.now() });

const asking = (request: MemberRequest) => ({ author: authorOf(request), crm: request.crm });

/** The folder is a field of each member, so the role has to be allowed to read and to change it. */
async function demandMembers(request: MemberRequest, wanted: readonly { readonly object: string }[]): Promise<void> {
  for (const object of new Set(wanted.map((one) => one.object))) {
    await demandChange(request, object, ['malfunctionId']);
  }
}
