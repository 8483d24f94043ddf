import { type Endpoint, endpoint } from '../endpoint.ts';
import { tenantPath, workSchema } from './schemas.ts';

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
];
