import { queryOptions } from '@tanstack/react-query';
import { ask } from './client.ts';
import type { Departure } from './roles.ts';

export interface Policy {
  readonly requireTwoFactor: boolean;
  readonly isListed: boolean;
}

export interface TwoFactor {
  /** By the workspace in Twenty; null while Twenty cannot be asked. */
  readonly isEnforced: boolean | null;
  readonly members: readonly {
    readonly memberId: string;
    readonly name: string;
    readonly email: string;
    readonly role: string;
    readonly state: 'on' | 'off' | 'unknown';
    readonly seenAt: string | null;
  }[];
}

export interface SignIn {
  readonly id: number;
  readonly at: string;
  readonly email: string | null;
  /** `signed-in`, or the code of the refusal. */
  readonly result: string;
  readonly address: string;
  readonly userAgent: string;
}

export interface OwnSession {
  readonly id: string;
  readonly createdAt: string;
  readonly seenAt: string;
  readonly address: string;
  readonly userAgent: string;
  readonly isCurrent: boolean;
}

export const policyQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['policy', tenant],
    queryFn: ({ signal }) => ask<Policy>('GET', '/tenants/{tenant}/sign-in-policy', { params: { tenant }, signal }),
  });

export const changePolicy = (tenant: string, change: Partial<Policy>) =>
  ask<Policy>('PATCH', '/tenants/{tenant}/sign-in-policy', { params: { tenant }, body: change });

export const twoFactorQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['two-factor', tenant],
    queryFn: ({ signal }) => ask<TwoFactor>('GET', '/tenants/{tenant}/two-factor', { params: { tenant }, signal }),
  });

export const enforceTwoFactor = (tenant: string, returnTo: string) =>
  ask<Departure>('POST', '/tenants/{tenant}/two-factor/enforce', { params: { tenant }, body: { returnTo } });

export const signInsPage = async (tenant: string, before: number | undefined, signal: AbortSignal) =>
  (
    await ask<{ signIns: readonly SignIn[] }>('GET', '/tenants/{tenant}/sign-ins', {
      params: { tenant },
      query: { before },
      signal,
    })
  ).signIns;

export const ownSessionsQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['own-sessions', tenant],
    queryFn: async ({ signal }) =>
      (
        await ask<{ sessions: readonly OwnSession[] }>('GET', '/tenants/{tenant}/sessions', {
          params: { tenant },
          signal,
        })
      ).sessions,
  });

export const endOwnSession = (tenant: string, session: string) =>
  ask('DELETE', '/tenants/{tenant}/sessions/{session}', { params: { tenant, session } });

export const signOutMember = (tenant: string, member: string) =>
  ask<{ count: number }>('POST', '/tenants/{tenant}/members/{member}/sign-out', { params: { tenant, member } });
