import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { ask } from './client.ts';

/** The journal of a case or a malfunction, and what is to be done next: doors of the plugin service-desk, whose shapes these are. */

type ShownValue = string | number | boolean | null | { readonly link: string | null };

export interface JournalChange {
  readonly field: string;
  readonly before: ShownValue;
  readonly after: ShownValue;
}

export interface JournalEntry {
  readonly sequence: number;
  readonly kind: string;
  readonly at: string;
  readonly source: string;
  readonly actorKind: 'MEMBER' | 'CUSTOMER' | 'SYSTEM' | 'INTEGRATION';
  readonly actor: string | null;
  readonly text: string;
  readonly changes: readonly JournalChange[];
  readonly details: Readonly<Record<string, unknown>>;
  readonly others: readonly { readonly object: string; readonly id: string; readonly name: string | null }[];
  readonly isElsewhere: boolean;
  readonly isRecovered: boolean;
  readonly isErased: boolean;
}

export interface JournalTally {
  readonly kind: string;
  readonly actorKind: JournalEntry['actorKind'];
  readonly actorId: string | null;
  readonly actor: string | null;
  readonly count: number;
}

interface JournalPage {
  readonly entries: readonly JournalEntry[];
  readonly next: string | null;
  readonly tally: readonly JournalTally[];
  readonly check: { readonly at: string; readonly upTo: number; readonly isIntact: boolean } | null;
}

export interface JournalFilter {
  readonly kinds: readonly string[];
  /** `MEMBER/ID`, or a kind of author; empty: everybody. */
  readonly who: string;
}

const door = (path: string) => `/tenants/{tenant}/plugins/service-desk/member${path}` as const;

/** @param id of a case or a malfunction */
export const journalKey = (tenant: string, id: string) => ['journal', tenant, id] as const;

export interface JournalOf {
  readonly object: 'serviceCase' | 'malfunction';
  readonly id: string;
}

/** What was shown stays until the filtered list is there. */
export const journalQuery = (tenant: string, { object, id }: JournalOf, { kinds, who }: JournalFilter) =>
  infiniteQueryOptions({
    queryKey: [...journalKey(tenant, id), kinds, who],
    queryFn: ({ pageParam, signal }) => {
      const filter = { kinds: kinds.length === 0 ? undefined : kinds.join(','), who: who === '' ? undefined : who };
      const query = { object, id, ...filter, before: pageParam };
      return ask<JournalPage>('GET', door('/journal'), { params: { tenant }, query, signal });
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  });

export interface CaseHandling {
  readonly status: string | null;
  readonly isEnded: boolean;
  readonly assignee: { readonly id: string; readonly name: string } | null;
  readonly nextStep: string | null;
  readonly nextStepAt: string | null;
  readonly due: readonly { readonly field: string; readonly at: string }[];
  readonly reminders: readonly { readonly id: string; readonly note: string; readonly dueAt: string }[];
  readonly questions: readonly {
    readonly kind: 'mail' | 'missed-call';
    readonly at: string;
    readonly who: string | null;
    readonly subject: string | null;
  }[];
}

/** Asked for anew with the journal: whatever changes what is next stands there. */
export const handlingQuery = (tenant: string, caseId: string) =>
  queryOptions({
    queryKey: [...journalKey(tenant, caseId), 'handling'],
    queryFn: ({ signal }) =>
      ask<CaseHandling>('GET', door('/cases/handling'), { params: { tenant }, query: { id: caseId }, signal }),
  });
