import { queryOptions } from '@tanstack/react-query';
import type { Language } from '../texts/index.ts';
import { ask } from './client.ts';
import type { Check, Plugin } from './types.ts';

/** @param language of what the plugins say of themselves */
export const pluginsQuery = (tenant: string, language: Language = 'en') =>
  queryOptions({
    queryKey: ['plugins', tenant, language],
    queryFn: async ({ signal }) =>
      (
        await ask<{ plugins: readonly Plugin[] }>('GET', '/tenants/{tenant}/plugins', {
          params: { tenant },
          query: { language },
          signal,
        })
      ).plugins,
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
