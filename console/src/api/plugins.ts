import { queryOptions } from '@tanstack/react-query';
import { ask } from './client.ts';
import type { Check, Plugin } from './types.ts';

export const pluginsQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['plugins', tenant],
    queryFn: async ({ signal }) =>
      (await ask<{ plugins: readonly Plugin[] }>('GET', '/tenants/{tenant}/plugins', { params: { tenant }, signal }))
        .plugins,
  });

type Config = Readonly<Record<string, unknown>>;

export const enablePlugin = (tenant: string, plugin: string, config: Config) =>
  ask<Plugin>('POST', '/tenants/{tenant}/plugins/{plugin}/enable', { params: { tenant, plugin }, body: { config } });

export const configurePlugin = (tenant: string, plugin: string, config: Config) =>
  ask<Plugin>('PATCH', '/tenants/{tenant}/plugins/{plugin}', { params: { tenant, plugin }, body: { config } });

export const pausePlugin = (tenant: string, plugin: string, reason: string) =>
  ask<Plugin>('POST', '/tenants/{tenant}/plugins/{plugin}/pause', { params: { tenant, plugin }, body: { reason } });

export const disablePlugin = (tenant: string, plugin: string) =>
  ask<Plugin>('POST', '/tenants/{tenant}/plugins/{plugin}/disable', { params: { tenant, plugin } });

export const checkPlugin = (tenant: string, plugin: string) =>
  ask<Check>('POST', '/tenants/{tenant}/plugins/{plugin}/check', { params: { tenant, plugin } });
