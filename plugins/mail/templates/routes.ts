import { bodyOf, type MemberRequest, type MemberRoute, type Reply } from '@switchboard/core/contract';
import { z } from 'zod';
import { fieldNames } from '../send/fields.ts';
import type { Context } from '../services.ts';
import { listTemplates, removeTemplate, saveTemplate } from './book.ts';

const id = z.uuid('must be an id').toLowerCase();
const template = z.object({
  id,
  name: z.string().trim().min(1, 'must not be empty').max(100),
  subject: z.string().trim().max(500),
  text: z.string().max(100_000),
});

const forAdmin = (
  path: `/${string}`,
  summary: string,
  handle: (context: Context, request: MemberRequest) => Promise<Reply>,
): MemberRoute<Context> => ({ method: 'POST', path, summary, permission: 'plugins.manage', handle });

/** Everybody writes with the templates of the workspace; who manages plugins makes them. */
export const templateRoutes: readonly MemberRoute<Context>[] = [
  {
    method: 'GET',
    path: '/templates',
    summary: 'The templates of the workspace, and the fields that may stand in them',
    handle: async ({ tables }) => ({ body: { templates: await listTemplates(tables), fields: fieldNames } }),
  },
  forAdmin('/templates/save', 'Adds a template or changes it', async ({ tables }, request) => {
    const wanted = bodyOf(template, request);
    await saveTemplate(tables, wanted, request.member.name || request.member.email);
    return { body: { id: wanted.id } };
  }),
  forAdmin('/templates/remove', 'Removes a template', async ({ tables }, request) => {
    await removeTemplate(tables, bodyOf(z.object({ id }), request).id);
    return { body: { removed: true } };
  }),
];
