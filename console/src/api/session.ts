import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { Permission } from '@switchboard/core/contract';
import { ask } from './client.ts';

/** Who is signed in, and what that member may do now. */
export interface Session {
  readonly member: { readonly id: string; readonly name: string; readonly email: string; readonly locale: string };
  readonly role: RoleName;
  /** The role as which the console is viewed; nothing can be changed then. */
  readonly viewing: RoleName | null;
  readonly permissions: readonly Permission[];
  /** Ids of the plugins that the workspace has enabled. */
  readonly plugins: readonly string[];
  readonly tenant: {
    readonly slug: string;
    readonly name: string;
    readonly timeZone: string;
    readonly crmUrl?: string;
  };
}

interface RoleName {
  readonly id: string;
  readonly label: string;
}

/** Rights change while a page is open. With the 40 seconds for which the hub believes in them, an open page knows within a minute. */
const freshMs = 20_000;

export const sessionQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['session', tenant],
    queryFn: ({ signal }) => ask<Session>('GET', '/tenants/{tenant}/me', { params: { tenant }, signal }),
    staleTime: freshMs,
  });

/** Asked now and then: in one place of the page, since everybody who follows it asks for himself. */
export const followedSessionQuery = (tenant: string) => ({ ...sessionQuery(tenant), refetchInterval: freshMs });

/** The slug in the address: the workspace that the page is about. */
export function useTenant(): string {
  return useParams({ from: '/$tenant', select: ({ tenant }) => tenant });
}

export function useSession(): Session {
  return useSuspenseQuery(sessionQuery(useTenant())).data;
}

export function useMay(): (permission: Permission) => boolean {
  const { permissions } = useSession();
  return (permission) => permissions.includes(permission);
}

export async function signOut(tenant: string, everywhere: boolean): Promise<void> {
  await ask('POST', '/tenants/{tenant}/sign-out', { params: { tenant }, body: { everywhere } });
}
