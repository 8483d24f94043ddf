import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { ask } from './client.ts';

/** Search, and the pages of people, companies and locations: doors of the plugin service-desk, whose shapes these are. */

interface Named {
  readonly id: string;
  readonly name: string;
}

export interface PhoneNumber {
  /** E.164, to be dialled. */
  readonly number: string;
  readonly text: string;
}

export interface FoundCall {
  readonly id: string;
  readonly direction: string | null;
  readonly outcome: string | null;
  readonly startedAt: string | null;
  readonly durationSeconds: number | null;
  readonly number: PhoneNumber | null;
  readonly agentName: string | null;
  readonly person: Named | null;
  readonly company: Named | null;
  readonly location: Named | null;
}

export interface FoundCase {
  readonly id: string;
  readonly number: string | null;
  readonly subject: string | null;
  readonly status: string | null;
  readonly priority: string | null;
  readonly dueAt: string | null;
  readonly person: Named | null;
  readonly company: Named | null;
  readonly location: Named | null;
}

export type PageObject = 'person' | 'company' | 'location';
export type HitKind = PageObject | 'serviceCase';

export interface Hit {
  readonly kind: HitKind;
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  readonly number: PhoneNumber | null;
  readonly state: string | null;
}

interface Found {
  readonly number: PhoneNumber | null;
  readonly hits: readonly Hit[];
  readonly calls: readonly FoundCall[];
}

const door = (path: string) => `/tenants/{tenant}/plugins/service-desk/member${path}` as const;

/** What was found before stays until the new answer is there. */
export const searchQuery = (tenant: string, text: string) =>
  queryOptions({
    queryKey: ['search', tenant, text],
    queryFn: ({ signal }) => ask<Found>('GET', door('/search'), { params: { tenant }, query: { q: text }, signal }),
    enabled: text.length > 1,
    placeholderData: keepPreviousData,
    staleTime: 15_000,
    retry: false,
  });

export interface RecordThere {
  readonly state: 'there';
  readonly id: string;
  readonly name: string;
  readonly jobTitle: string | null;
  readonly doNotCall: boolean;
  readonly numbers: readonly PhoneNumber[];
  readonly emails: readonly string[];
  readonly address: readonly string[];
  readonly accessNotes: string | null;
  readonly company: Named | null;
  readonly location: Named | null;
  readonly contact: Named | null;
  readonly contract:
    | (Named & {
        readonly serviceLevel: string | null;
        readonly responseMinutes: number | null;
        readonly resolveMinutes: number | null;
        readonly supportHours: string | null;
        readonly endsOn: string | null;
      })
    | null;
  readonly cases: readonly FoundCase[];
  readonly malfunctions: readonly (Named & {
    readonly status: string | null;
    readonly severity: string | null;
    readonly openedAt: string | null;
  })[];
  readonly people: readonly (Named & { readonly jobTitle: string | null })[];
  readonly locations: readonly Named[];
}

export interface RecordGone {
  readonly state: 'gone';
  readonly id: string;
  readonly name: string;
  readonly instead: readonly Named[];
}

export const recordQuery = (tenant: string, object: PageObject, id: string) =>
  queryOptions({
    queryKey: ['record', tenant, object, id],
    queryFn: ({ signal }) =>
      ask<RecordThere | RecordGone>('GET', door('/record'), { params: { tenant }, query: { object, id }, signal }),
    refetchInterval: 20_000,
  });

export const timelineKinds = ['call', 'mail', 'chat', 'case', 'malfunction', 'note'] as const;
export type TimelineKind = (typeof timelineKinds)[number];

export interface TimelineEntry {
  readonly kind: TimelineKind;
  readonly id: string;
  readonly at: string;
  readonly title: string;
  readonly text: string;
  readonly who: string | null;
  readonly direction: string | null;
  readonly state: string | null;
  readonly case: Named | null;
  readonly call: FoundCall | null;
}

interface TimelinePage {
  readonly entries: readonly TimelineEntry[];
  readonly next: string | null;
  readonly hidden: readonly TimelineKind[];
}

export const timelineQuery = (tenant: string, object: PageObject, id: string, kinds: readonly TimelineKind[]) =>
  infiniteQueryOptions({
    queryKey: ['timeline', tenant, object, id, kinds.join(',')],
    queryFn: ({ pageParam, signal }) => {
      const query = { object, id, kinds: kinds.length === 0 ? undefined : kinds.join(','), before: pageParam };
      return ask<TimelinePage>('GET', door('/timeline'), { params: { tenant }, query, signal });
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
    // Further pages would all be asked for anew; who reads them is not waiting for the newest call.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : 20_000),
  });
