import { z } from 'zod';
import { type Endpoint, endpoint } from '../endpoint.ts';
import {
  checkSchema,
  connectingSchema,
  countSchema,
  limitParameter,
  parkedSchema,
  tenantPath,
  toCheck,
} from './schemas.ts';

const tag = 'CRM';
const PATIENCE_MS = 120_000;
/** With a build of the app and its installation on a busy server. */
const CONNECT_PATIENCE_MS = 300_000;

export const crmEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'put',
    path: '/tenants/{tenant}/crm',
    tag,
    // The operator alone: who chooses the server chooses who its members are.
    summary: 'Connect a tenant to its Twenty workspace, and check the connection',
    params: tenantPath,
    body: z.object({
      url: z.string().meta({ example: 'https://crm.example.com' }),
      apiKey: z.string().meta({ description: 'API key of the role Admin.' }),
      installApp: z.boolean().default(false).meta({
        description:
          'Install the Switchboard app in the workspace, or bring it up to date. Without it, the app is left as it is. Never destroys data.',
      }),
    }),
    response: checkSchema,
    handle: async ({ crm }, { params, body }, caller) =>
      toCheck(await crm.connect(params.tenant, body, caller.actor, AbortSignal.timeout(CONNECT_PATIENCE_MS))),
  }),
  endpoint({
    method: 'get',
    path: '/tenants/{tenant}/crm/connecting',
    tag,
    summary: 'How far the last attempt to connect the tenant is, step by step, and the first copy',
    params: tenantPath,
    response: connectingSchema,
    handle: async ({ crm }, { params }) => ({ connecting: (await crm.connecting(params.tenant)) ?? null }),
  }),
  endpoint({
    method: 'post',
    path: '/tenants/{tenant}/crm/check',
    tag,
    summary: 'Check the connection to Twenty',
    access: 'plugins.manage',
    params: tenantPath,
    response: checkSchema,
    handle: async ({ crm }, { params }) => toCheck(await crm.check(params.tenant, AbortSignal.timeout(PATIENCE_MS))),
  }),
  endpoint({
    method: 'get',
    path: '/tenants/{tenant}/crm/status',
    tag,
    summary: 'Outbox, budget and mirror of a tenant',
    access: 'operations.see',
    params: tenantPath,
    response: z.record(z.string(), z.unknown()),
    handle: async ({ crm }, { params }) => await crm.status(params.tenant),
  }),
  endpoint({
    method: 'post',
    path: '/tenants/{tenant}/crm/webhook-secret/rotate',
    tag,
    summary: 'Have Twenty sign its webhooks with a new secret, within a minute',
    access: 'plugins.manage',
    params: tenantPath,
    body: z.object({
      overlapMinutes: z
        .number()
        .int()
        .min(0)
        .max(1440)
        .default(15)
        .meta({ description: 'How long the old secret stays valid from then on; 0 when others know it.' }),
    }),
    response: z.object({}),
    status: 202,
    handle: async ({ crm }, { params, body }, caller) =>
      await crm.rotateWebhookSecret(params.tenant, body.overlapMinutes, caller.actor),
  }),
  endpoint({
    method: 'get',
    path: '/tenants/{tenant}/crm/parked',
    tag,
    summary: 'CRM writes that Twenty refused, oldest first',
    access: 'operations.see',
    params: tenantPath,
    query: z.object({ limit: limitParameter }),
    response: z.object({ parked: z.array(parkedSchema) }),
    handle: async ({ crm }, { params, query }) => ({ parked: await crm.listParked(params.tenant, query.limit) }),
  }),
  endpoint({
    method: 'post',
    path: '/tenants/{tenant}/crm/parked/replay',
    tag,
    summary: 'Send parked writes again: one, or all',
    access: 'operations.manage',
    params: tenantPath,
    body: z.object({ id: z.number().int().optional() }),
    response: countSchema,
    handle: async ({ crm }, { params, body }) => ({ count: await crm.replayParked(params.tenant, body.id) }),
  }),
  endpoint({
    method: 'post',
    path: '/tenants/{tenant}/crm/parked/discard',
    tag,
    summary: 'Give up a parked write for good',
    access: 'operations.manage',
    params: tenantPath,
    body: z.object({ id: z.number().int(), reason: z.string().min(1) }),
    response: countSchema,
    handle: async ({ crm }, { params, body }) => ({
      count: await crm.discardParked(params.tenant, body.id, body.reason),
    }),
  }),
];
