import { infiniteQueryOptions } from '@tanstack/react-query';
import { type RecentCall, recentCalls } from './desk.ts';

const REFRESH_MS = 30_000;

/** The own calls, or those that nobody answered, page by page. */
export const recentCallsQuery = (tenant: string, which: 'mine' | 'missed') =>
  infiniteQueryOptions({
    queryKey: ['calls', tenant, which],
    queryFn: ({ pageParam, signal }) => recentCalls(tenant, which, pageParam, signal),
    initialPageParam: undefined as RecentCall | undefined,
    getNextPageParam: ({ calls, isLast }) => (isLast ? undefined : calls.at(-1)),
    refetchInterval: REFRESH_MS,
  });
