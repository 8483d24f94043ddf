import { type Endpoint, endpoint } from '../endpoint.ts';
import { countSchema, tenantPath, workSchema } from './schemas.ts';

export const workEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'get',
    path: '/tenants/{tenant}/work',
    tag: 'Work',
    summary: 'What waits, runs and gave up, which links are open, and deliveries by hour',
    access: 'operations.see',
    params: tenantPath,
    response: workSchema,
    handle: async ({ work }, { params }) => await work(params.tenant),
  }),
  endpoint({
    method: 'get',
    path: '/tenants/{tenant}/stuck',
    tag: 'Work',
    summary: 'How much waits for a person: dead letters, and writes that Twenty refused',
    access: 'operations.see',
    params: tenantPath,
    response: countSchema,
    handle: async ({ countStuck }, { params }) => ({ count: await countStuck(params.tenant) }),
  }),
];
