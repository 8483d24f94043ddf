import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { ask } from './client.ts';
import type { CrmStatus, DeadLetter, Delivery, Job, Lane, ParkedWrite, WorkStatus } from './types.ts';

const everyMs = 5000;
const STUCK_MS = 15_000;

export const crmStatusQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['crm-status', tenant],
    queryFn: ({ signal }) => ask<CrmStatus>('GET', '/tenants/{tenant}/crm/status', { params: { tenant }, signal }),
    refetchInterval: everyMs,
  });

export const workQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['work', tenant],
    queryFn: ({ signal }) => ask<WorkStatus>('GET', '/tenants/{tenant}/work', { params: { tenant }, signal }),
    refetchInterval: everyMs,
  });

/** How much waits for a person: the one number of it that every page shows. What touches the work touches it too. */
export const stuckQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['work', tenant, 'stuck'],
    queryFn: async ({ signal }) =>
      (await ask<Count>('GET', '/tenants/{tenant}/stuck', { params: { tenant }, signal })).count,
    staleTime: STUCK_MS,
    refetchInterval: STUCK_MS,
  });

export interface DeliveryFilter {
  readonly plugin?: string;
  readonly result?: string;
  readonly direction?: string;
  readonly search?: string;
}

const LOG_MS = 10_000;

export const jobStates = ['running', 'waiting', 'retrying', 'scheduled'] as const satisfies readonly Job['state'][];

export const isJobState = (value: unknown): value is Job['state'] => jobStates.some((state) => state === value);

export interface JobFilter {
  readonly state?: Job['state'];
  readonly plugin?: string;
}

export interface JobPage {
  readonly jobs: readonly Job[];
  readonly lanes: readonly Lane[];
  readonly next: string | null;
}

/** Asked for anew all the time while the first page alone is shown. */
export const jobsQuery = (tenant: string, filter: JobFilter) =>
  infiniteQueryOptions({
    queryKey: ['jobs', tenant, filter],
    queryFn: async ({ pageParam, signal }) =>
      await ask<JobPage>('GET', '/tenants/{tenant}/jobs', {
        params: { tenant },
        query: { ...filter, after: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : everyMs),
  });

/** The newest lines are asked for anew while they alone are shown. */
export const deliveriesQuery = (tenant: string, filter: DeliveryFilter) =>
  infiniteQueryOptions({
    queryKey: ['deliveries', tenant, filter],
    queryFn: async ({ pageParam, signal }) =>
      await ask<{ deliveries: readonly Delivery[]; next: string | null }>('GET', '/tenants/{tenant}/deliveries', {
        params: { tenant },
        query: { ...filter, before: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : LOG_MS),
  });

export const replayDelivery = (tenant: string, delivery: string) =>
  ask<Delivery>('POST', '/tenants/{tenant}/deliveries/{delivery}/replay', { params: { tenant, delivery } });

export interface DeadLetters {
  /** The newest. */
  readonly deadLetters: readonly DeadLetter[];
  readonly total: number;
}

export const deadLettersQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['dead-letters', tenant],
    queryFn: async ({ signal }) =>
      await ask<DeadLetters>('GET', '/tenants/{tenant}/dead-letters', { params: { tenant }, signal }),
    refetchInterval: everyMs,
  });

interface Count {
  readonly count: number;
}

export const replayDeadLetters = (tenant: string, which: { readonly id?: string; readonly payload?: unknown }) =>
  ask<Count>('POST', '/tenants/{tenant}/dead-letters/replay', { params: { tenant }, body: which });

export const discardDeadLetter = (tenant: string, id: string, reason: string) =>
  ask('POST', '/tenants/{tenant}/dead-letters/{id}/discard', { params: { tenant, id }, body: { reason } });

export const parkedQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['parked', tenant],
    queryFn: async ({ signal }) =>
      (
        await ask<{ parked: readonly ParkedWrite[] }>('GET', '/tenants/{tenant}/crm/parked', {
          params: { tenant },
          signal,
        })
      ).parked,
    refetchInterval: everyMs,
  });

export const replayParked = (tenant: string, id?: number) =>
  ask<Count>('POST', '/tenants/{tenant}/crm/parked/replay', {
    params: { tenant },
    body: id === undefined ? {} : { id },
  });

export const discardParked = (tenant: string, id: number, reason: string) =>
  ask<Count>('POST', '/tenants/{tenant}/crm/parked/discard', { params: { tenant }, body: { id, reason } });
