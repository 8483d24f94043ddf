import { queryOptions } from '@tanstack/react-query';
import { ask } from './client.ts';
import type { Check, Connecting, Tenant } from './types.ts';

export interface Workspace {
  readonly slug: string;
  readonly name: string;
  readonly isSignedIn: boolean;
}

export const workspacesQuery = queryOptions({
  queryKey: ['workspaces'],
  queryFn: async ({ signal }) =>
    (await ask<{ workspaces: readonly Workspace[] }>('GET', '/sign-in', { signal })).workspaces,
});

/** Where the browser goes to sign in with Twenty. @param to a page of the console to come back to */
export function signInAddress(workspace: string, to = `/console/${workspace}`): string {
  return `/auth/sign-in?${new URLSearchParams({ workspace, to }).toString()}`;
}

export const operatorQuery = queryOptions({
  queryKey: ['operator'],
  queryFn: ({ signal }) => ask<{ isSignedIn: boolean }>('GET', '/operator', { signal }),
});

export const redeemSetupLink = (token: string) => ask('POST', '/setup', { body: { token } });

export const leaveSetup = () => ask('POST', '/operator/sign-out');

export const tenantsQuery = queryOptions({
  queryKey: ['tenants'],
  queryFn: async ({ signal }) => (await ask<{ tenants: readonly Tenant[] }>('GET', '/tenants', { signal })).tenants,
});

export interface NewTenant {
  readonly slug: string;
  readonly name: string;
  readonly country: string;
  readonly timeZone: string;
}

export const createTenant = (tenant: NewTenant) => ask<Tenant>('POST', '/tenants', { body: tenant });

export interface CrmDoor {
  readonly url: string;
  readonly apiKey: string;
  readonly installApp: boolean;
}

export const connectCrm = (tenant: string, door: CrmDoor) =>
  ask<Check>('PUT', '/tenants/{tenant}/crm', { params: { tenant }, body: door });

const STEP_MS = 700;
const COPY_MS = 2000;

/** How far the connecting of a workspace is, as long as there is something to follow. @param isBusy an attempt is about to begin, or goes on */
export const connectingQuery = (tenant: string, isBusy: boolean) =>
  queryOptions({
    queryKey: ['connecting', tenant],
    queryFn: async ({ signal }) =>
      (
        await ask<{ connecting: Connecting | null }>('GET', '/tenants/{tenant}/crm/connecting', {
          params: { tenant },
          signal,
        })
      ).connecting,
    refetchInterval: ({ state: { data } }) => {
      if (isBusy || data?.state === 'under-way') return STEP_MS;
      return data != null && isConnected(data) && data.copy.state !== 'whole' && COPY_MS;
    },
  });

export const isConnected = ({ state, steps }: Connecting): boolean =>
  state === 'ended' && steps.every((step) => step.state !== 'failed' && step.state !== 'waiting');
