import { z } from 'zod';
import { type Endpoint, endpoint } from '../endpoint.ts';
import { tenantPath, tenantSchema } from './schemas.ts';

const newTenant = z.object({
  slug: z.string().meta({ description: 'Short name in addresses and commands.', example: 'acme-nl' }),
  name: z.string(),
  country: z.string().meta({ example: 'NL' }),
  timeZone: z.string().optional().meta({ example: 'Europe/Amsterdam' }),
  locale: z.string().optional().meta({ example: 'nl' }),
});

const tag = 'Tenants';

export const tenantEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'get',
    path: '/tenants',
    tag,
    summary: 'All tenants',
    response: z.object({ tenants: z.array(tenantSchema) }),
    handle: async ({ tenants }) => ({ tenants: await tenants.list() }),
  }),
  endpoint({
    method: 'post',
    path: '/tenants',
    tag,
    summary: 'Create a tenant',
    body: newTenant,
    response: tenantSchema,
    status: 201,
    handle: async ({ tenants }, { body }, caller) => await tenants.create(defined(body), caller.actor),
  }),
  endpoint({
    method: 'get',
    path: '/tenants/{tenant}',
    tag,
    summary: 'One tenant',
    access: 'plugins.manage',
    params: tenantPath,
    response: tenantSchema,
    handle: async ({ tenants }, { params }) => await tenants.get(params.tenant),
  }),
  endpoint({
    method: 'patch',
    path: '/tenants/{tenant}',
    tag,
    summary: 'Change a tenant',
    access: 'plugins.manage',
    params: tenantPath,
    body: newTenant.omit({ slug: true }).partial(),
    response: tenantSchema,
    handle: async ({ tenants }, { params, body }, caller) =>
      await tenants.update(params.tenant, defined(body), caller.actor),
  }),
  endpoint({
    method: 'post',
    path: '/tenants/{tenant}/suspend',
    tag,
    summary: 'Stop receiving and sending for a tenant; everything is kept',
    params: tenantPath,
    response: tenantSchema,
    handle: async ({ tenants }, { params }, caller) => await tenants.suspend(params.tenant, caller.actor),
  }),
  endpoint({
    method: 'post',
    path: '/tenants/{tenant}/resume',
    tag,
    summary: 'End a suspension',
    params: tenantPath,
    response: tenantSchema,
    handle: async ({ tenants }, { params }, caller) => await tenants.resume(params.tenant, caller.actor),
  }),
  endpoint({
    method: 'delete',
    path: '/tenants/{tenant}',
    tag,
    summary: 'Delete a tenant with all its data in the hub; its audit log stays, and so does Twenty',
    params: tenantPath,
    query: z.object({ confirm: z.string().meta({ description: 'The slug once more.' }) }),
    response: z.object({}),
    handle: async ({ tenants }, { params, query }, caller) =>
      await tenants.delete(params.tenant, query.confirm, caller.actor),
  }),
];

/** Drops members that were not sent, which the checks of the tenants tell apart from `undefined`. */
function defined<T extends object>(input: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as never;
}
