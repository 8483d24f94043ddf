import { z } from 'zod';
import { demand } from '../../auth/caller.ts';
import { type Endpoint, endpoint } from '../endpoint.ts';
import { auditSchema, limitParameter, tenantPath } from './schemas.ts';

const tag = 'Audit';

const filterShape = {
  action: z.string().optional(),
  actor: z.string().optional(),
  from: z.iso.datetime().optional().meta({ description: 'Not before this time.' }),
  to: z.iso.datetime().optional().meta({ description: 'Before this time.' }),
};

function toFilter({ action, actor, from, to }: z.output<z.ZodObject<typeof filterShape>>) {
  return {
    ...(action === undefined ? {} : { action }),
    ...(actor === undefined ? {} : { actor }),
    ...(from === undefined ? {} : { from: new Date(from) }),
    ...(to === undefined ? {} : { to: new Date(to) }),
  };
}

export const auditEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'get',
    path: '/tenants/{tenant}/audit',
    tag,
    summary: 'Who did what when, newest first',
    access: 'audit.see',
    params: tenantPath,
    query: z.object({
      ...filterShape,
      before: z.coerce.number().int().optional(),
      limit: limitParameter,
    }),
    response: z.object({ entries: z.array(auditSchema) }),
    handle: async ({ audit, tenants }, { params, query: { before, limit, ...filter } }) => ({
      entries: await audit.list({
        ...toFilter(filter),
        tenantId: (await tenants.get(params.tenant)).id,
        limit,
        ...(before === undefined ? {} : { before }),
      }),
    }),
  }),
  endpoint({
    method: 'get',
    path: '/tenants/{tenant}/audit/file',
    tag,
    summary: 'The same as a file for a spreadsheet; members need `data.export` as well',
    access: 'audit.see',
    params: tenantPath,
    query: z.object({
      ...filterShape,
      language: z.string().max(100).optional().meta({ description: 'Of the headings: `en`, `nl` or `de`.' }),
    }),
    response: z.string(),
    file: 'text/csv',
    handle: async ({ auditFile }, { params, query: { language, ...filter } }, caller) => {
      demand(caller, 'data.export');
      return await auditFile(params.tenant, { filter: toFilter(filter), actor: caller.actor, language });
    },
  }),
  endpoint({
    method: 'post',
    path: '/tenants/{tenant}/audit/verify',
    tag,
    summary: 'Check that no entry of the audit log was changed or removed',
    access: 'audit.see',
    params: tenantPath,
    response: z.object({
      intact: z.boolean(),
      entries: z.number().optional(),
      brokenAt: z.number().optional(),
      reason: z.string().optional(),
    }),
    handle: async ({ audit, tenants }, { params }) => await audit.verify((await tenants.get(params.tenant)).id),
  }),
];
