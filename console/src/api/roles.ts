import { queryOptions } from '@tanstack/react-query';
import type { Permission } from '@switchboard/core/contract';
import { ask } from './client.ts';
import type { AuditEntry } from './types.ts';

export interface Matrix {
  readonly version: number;
  readonly permissions: readonly { readonly name: Permission; readonly summary: string }[];
  readonly roles: readonly Role[];
  /** Where roles are edited in Twenty. */
  readonly twentyUrl?: string;
}

export interface Role {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly members: number;
  /** Twenty's role Admin: it may everything. */
  readonly isFixed: boolean;
  readonly isAssignable: boolean;
  readonly permissions: readonly Permission[];
  readonly defaults: readonly Permission[];
  /** What the role may read in Twenty: by object all fields, or these. */
  readonly objects: Readonly<Record<string, 'all' | readonly string[]>>;
  /** What it may do there beside reading, by object: `update` (and create), `delete`, `destroy`. */
  readonly changes: Readonly<Record<string, readonly string[]>>;
}

export interface Change {
  readonly roleId: string;
  readonly permission: Permission;
  readonly granted: boolean;
}

export interface Member {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

export const matrixQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['permissions', tenant],
    queryFn: ({ signal }) => ask<Matrix>('GET', '/tenants/{tenant}/permissions', { params: { tenant }, signal }),
  });

export const changeMatrix = (tenant: string, version: number, changes: readonly Change[]) =>
  ask<Matrix>('PATCH', '/tenants/{tenant}/permissions', { params: { tenant }, body: { version, changes } });

export const permissionLogQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['permissions-log', tenant],
    queryFn: async ({ signal }) =>
      (
        await ask<{ entries: readonly AuditEntry[] }>('GET', '/tenants/{tenant}/permissions/log', {
          params: { tenant },
          signal,
        })
      ).entries,
  });

export const roleMembersQuery = (tenant: string, role: string) =>
  queryOptions({
    queryKey: ['role-members', tenant, role],
    queryFn: async ({ signal }) =>
      (
        await ask<{ members: readonly Member[] }>('GET', '/tenants/{tenant}/roles/{role}/members', {
          params: { tenant, role },
          signal,
        })
      ).members,
  });

export interface Departure {
  readonly location: string;
}

export const changeRole = (tenant: string, member: string, roleId: string, returnTo: string) =>
  ask<Departure>('PUT', '/tenants/{tenant}/members/{member}/role', {
    params: { tenant, member },
    body: { roleId, returnTo },
  });

export const viewAs = (tenant: string, roleId: string) =>
  ask('PUT', '/tenants/{tenant}/view', { params: { tenant }, body: { roleId } });

export const endView = (tenant: string) => ask('DELETE', '/tenants/{tenant}/view', { params: { tenant } });
