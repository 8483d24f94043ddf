import { queryOptions } from '@tanstack/react-query';
import { ask } from './client.ts';
import type { Check, Tenant } from './types.ts';

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
