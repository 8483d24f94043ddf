import { openJobStates } from '@switchboard/queue';
import { z } from 'zod';
import { type Endpoint, endpoint } from '../endpoint.ts';
import { countSchema, jobSchema, laneSchema, limitParameter, tenantPath, workSchema } from './schemas.ts';

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
  endpoint({
    method: 'get',
    path: '/tenants/{tenant}/jobs',
    tag: 'Work',
    summary: 'Jobs that wait, run, are tried again or are set for later, oldest first, and how many there are by lane',
    access: 'operations.see',
    params: tenantPath,
    query: z.object({
      state: z.enum(openJobStates).optional(),
      plugin: z.string().optional(),
      type: z.string().optional(),
      after: z
        .string()
        .regex(/^\d{1,18}$/)
        .optional()
        .meta({ description: 'What the page before gave as `next`.' }),
      limit: limitParameter,
    }),
    response: z.object({
      lanes: z.array(laneSchema),
      jobs: z.array(jobSchema),
      next: z.string().nullable().meta({ description: '`after` of the next page; null at the end.' }),
    }),
    async handle({ jobs }, { params, query: { state, plugin, type, after, limit } }) {
      const { items, next, lanes } = await jobs(
        params.tenant,
        {
          ...(state === undefined ? {} : { state }),
          ...(plugin === undefined ? {} : { owner: plugin }),
          ...(type === undefined ? {} : { type }),
        },
        { limit, ...(after === undefined ? {} : { after }) },
      );
      return { lanes: [...lanes], jobs: [...items], next: next ?? null };
    },
  }),
];
