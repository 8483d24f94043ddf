import { z } from 'zod';
import { languages } from '../../contract/index.ts';
import { type Endpoint, endpoint } from '../endpoint.ts';
import { checkSchema, pluginSchema, tenantPath, toCheck } from './schemas.ts';

const tag = 'Plugins';
const PATIENCE_MS = 60_000;
const pluginPath = tenantPath.extend({ plugin: z.string().meta({ example: 'threecx' }) });
const settings = z.object({
  config: z.record(z.string(), z.unknown()).default({}).meta({
    description: 'Settings to change; what is not named stays, `null` takes one away. Secrets are write-only.',
  }),
});

export const pluginEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'get',
    path: '/tenants/{tenant}/plugins',
    tag,
    summary: 'The plugins and how they stand for a tenant',
    access: 'plugins.manage',
    params: tenantPath,
    query: z.object({
      language: z
        .enum(languages)
        .default('en')
        .meta({ description: 'Of the summaries, and of the names and descriptions of the settings.' }),
    }),
    response: z.object({ plugins: z.array(pluginSchema) }),
    handle: async ({ plugins }, { params, query }) => ({ plugins: await plugins.list(params.tenant, query.language) }),
  }),
  endpoint({
    method: 'post',
    path: '/tenants/{tenant}/plugins/{plugin}/enable',
    tag,
    summary: 'Enable a plugin, or end its pause',
    access: 'plugins.manage',
    params: pluginPath,
    body: settings,
    response: pluginSchema,
    handle: async ({ plugins }, { params, body }, caller) =>
      await plugins.enable(params.tenant, params.plugin, body.config, caller.actor),
  }),
  endpoint({
    method: 'patch',
    path: '/tenants/{tenant}/plugins/{plugin}',
    tag,
    summary: 'Change the settings of a plugin',
    access: 'plugins.manage',
    params: pluginPath,
    body: settings,
    response: pluginSchema,
    handle: async ({ plugins }, { params, body }, caller) =>
      await plugins.configure(params.tenant, params.plugin, body.config, caller.actor),
  }),
  endpoint({
    method: 'post',
    path: '/tenants/{tenant}/plugins/{plugin}/pause',
    tag,
    summary: 'Pause a plugin: what arrives is kept and waits',
    access: 'plugins.manage',
    params: pluginPath,
    body: z.object({ reason: z.string().min(1).default('Paused by the operator.') }),
    response: pluginSchema,
    handle: async ({ plugins }, { params, body }, caller) =>
      await plugins.pause(params.tenant, params.plugin, body.reason, caller.actor),
  }),
  endpoint({
    method: 'post',
    path: '/tenants/{tenant}/plugins/{plugin}/disable',
    tag,
    summary: 'Disable a plugin: its doors close, settings and secrets stay',
    access: 'plugins.manage',
    params: pluginPath,
    response: pluginSchema,
    handle: async ({ plugins }, { params }, caller) =>
      await plugins.disable(params.tenant, params.plugin, caller.actor),
  }),
  endpoint({
    method: 'post',
    path: '/tenants/{tenant}/plugins/{plugin}/check',
    tag,
    summary: 'Try out a plugin against the system it connects to',
    access: 'plugins.manage',
    params: pluginPath,
    response: checkSchema,
    handle: async ({ plugins }, { params }) =>
      toCheck(await plugins.check(params.tenant, params.plugin, AbortSignal.timeout(PATIENCE_MS))),
  }),
];
