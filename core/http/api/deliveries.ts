import { z } from 'zod';
import { pageEnd } from '../../contract/index.ts';
import { type Endpoint, endpoint } from '../endpoint.ts';
import { countSchema, deadLetterSchema, deliverySchema, limitParameter, tenantPath } from './schemas.ts';

const deliveryFilter = z.object({
  plugin: z.string().optional(),
  result: z.enum(['waiting', 'done', 'ignored', 'rejected', 'failed']).optional(),
  direction: z.enum(['in', 'out']).optional(),
  search: z.string().max(200).optional().meta({
    description:
      'Words of the summary or the kind, or how they begin; or the whole id of the delivery or of its record.',
  }),
  before: pageEnd.optional().meta({ description: 'What the page before gave as `next`.' }),
  limit: limitParameter,
});

export const deliveryEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'get',
    path: '/tenants/{tenant}/deliveries',
    tag: 'Deliveries',
    summary: 'What came in and went out, newest first',
    access: 'operations.see',
    params: tenantPath,
    query: deliveryFilter,
    response: z.object({
      deliveries: z.array(deliverySchema),
      next: z.string().nullable().meta({ description: '`before` of the next page; null at the end.' }),
    }),
    async handle({ deliveries }, { params, query: { plugin, result, direction, search, before, limit } }) {
      const { lines, next } = await deliveries.list(params.tenant, {
        limit,
        ...(plugin === undefined ? {} : { pluginId: plugin }),
        ...(result === undefined ? {} : { result }),
        ...(direction === undefined ? {} : { direction }),
        ...(search === undefined || search === '' ? {} : { search }),
        ...(before === undefined ? {} : { before }),
      });
      return { deliveries: [...lines], next };
    },
  }),
  endpoint({
    method: 'post',
    path: '/tenants/{tenant}/deliveries/{delivery}/replay',
    tag: 'Deliveries',
    summary: 'Work on a stored delivery once more',
    access: 'operations.manage',
    params: tenantPath.extend({ delivery: z.uuid() }),
    response: deliverySchema,
    status: 202,
    handle: async ({ deliveries }, { params }, caller) =>
      await deliveries.replay(params.tenant, params.delivery, caller.actor),
  }),
  endpoint({
    method: 'get',
    path: '/tenants/{tenant}/dead-letters',
    tag: 'Dead letters',
    summary: 'Jobs that gave up, newest first',
    access: 'operations.see',
    params: tenantPath,
    query: z.object({ plugin: z.string().optional() }),
    response: z.object({
      deadLetters: z.array(deadLetterSchema),
      total: z.number().int().meta({ description: 'How many there are; the newest 200 are listed.' }),
    }),
    async handle({ deliveries }, { params, query }) {
      const filter = query.plugin === undefined ? {} : { owner: query.plugin };
      const { items, total } = await deliveries.deadLetters(params.tenant, filter);
      return { deadLetters: items, total };
    },
  }),
  endpoint({
    method: 'post',
    path: '/tenants/{tenant}/dead-letters/replay',
    tag: 'Dead letters',
    summary: 'Run dead letters again: one by its id, those of a plugin, or all',
    access: 'operations.manage',
    params: tenantPath,
    body: z.object({
      id: z.string().optional(),
      plugin: z.string().optional(),
      payload: z
        .unknown()
        .optional()
        .meta({ description: 'With an id: what the job is given instead of what was stored; checked when it runs.' }),
    }),
    response: countSchema,
    handle: async ({ deliveries }, { params, body: { id, plugin, payload } }, caller) => ({
      count: await deliveries.replayDeadLetters(
        params.tenant,
        {
          ...(id === undefined ? {} : { id, payload }),
          ...(plugin === undefined ? {} : { owner: plugin }),
        },
        caller.actor,
      ),
    }),
  }),
  endpoint({
    method: 'post',
    path: '/tenants/{tenant}/dead-letters/{id}/discard',
    tag: 'Dead letters',
    summary: 'Give up a dead letter for good; the reason is kept',
    access: 'operations.manage',
    params: tenantPath.extend({ id: z.string() }),
    body: z.object({ reason: z.string().min(1) }),
    response: z.object({}),
    handle: async ({ deliveries }, { params, body }, caller) =>
      await deliveries.discardDeadLetter(params.tenant, params.id, body.reason, caller.actor),
  }),
];
