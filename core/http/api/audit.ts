import { z } from 'zod';
import { type Endpoint, endpoint } from '../endpoint.ts';
import { auditSchema, limitParameter, tenantPath } from './schemas.ts';

const tag = 'Audit';

export const auditEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'get',
    path: '/tenants/{tenant}/audit',
    tag,
    summary: 'Who did what when, newest first',
    access: 'audit.see',
    params: tenantPath,
    query: z.object({
      action: z.string().optional(),
      actor: z.string().optional(),
      from: z.iso.datetime().optional().meta({ description: 'Not before this time.' }),
      to: z.iso.datetime().optional().meta({ description: 'Before this time.' }),
      before: z.coerce.number().int().optional(),
      limit: limitParameter,
    }),
    response: z.object({ entries: z.array(auditSchema) }),
    handle: async ({ audit, tenants }, { params, query: { action, actor, from, to, before, limit } }) => ({
      entries: await audit.list({
        tenantId: (await tenants.get(params.tenant)).id,
        limit,
        ...(action === undefined ? {} : { action }),
        ...(actor === undefined ? {} : { actor }),
        ...(from === undefined ? {} : { from: new Date(from) }),
        ...(to === undefined ? {} : { to: new Date(to) }),
        ...(before === undefined ? {} : { before }),
      }),
    }),
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
