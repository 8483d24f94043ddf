import { queryOptions } from '@tanstack/react-query';
import { ask } from './client.ts';
import type { Candidate, Folder, MemberName, Reason } from './malfunctions.ts';

/** What cases have to do with each other and with malfunctions: doors of plugins/service-desk for members. */

/** A case that another one has to do with, as seen from its page. */
export interface Related {
  readonly id: string;
  readonly name: string;
  readonly status: string | null;
  readonly relation: string;
  /** Where it can be taken back. */
  readonly mergeId: string | null;
}

export type LinkKind = 'related' | 'child-of' | 'duplicate-of' | 'follows';

const door = (path: string) => `/tenants/{tenant}/plugins/service-desk/member${path}` as const;

async function post<T>(tenant: string, path: string, body: object): Promise<T> {
  return await ask<T>('POST', door(path), { params: { tenant }, body });
}

type Merged = { readonly outcome: 'merged' | 'one-already'; readonly intoId: string };

export const mergeCases = async (
  tenant: string,
  wanted: { readonly requestId: string; readonly caseId: string; readonly intoId: string },
) => await post<Merged>(tenant, '/cases/merge', wanted);

type Unmerged = { readonly outcome: 'restored' | 'changed-since' | 'gone' | 'undone-already'; readonly caseId: string };

export const undoMerge = async (tenant: string, mergeId: string) =>
  await post<Unmerged>(tenant, '/cases/merge/undo', { mergeId });

export const splitCase = async (
  tenant: string,
  wanted: {
    readonly requestId: string;
    readonly caseId: string;
    readonly subject: string;
    readonly callIds: readonly string[];
    readonly mailIds: readonly string[];
  },
) => await post<{ caseId: string; number: string }>(tenant, '/cases/split', wanted);

/** @param wanted.kind null takes the link away */
export const linkCases = async (
  tenant: string,
  wanted: { readonly caseId: string; readonly otherId: string; readonly kind: LinkKind | null },
) => await post(tenant, '/cases/link', wanted);

export interface SuggestedFolder extends Folder {
  readonly score: number;
  readonly reasons: readonly Reason[];
}

interface Suggestions {
  readonly folders: readonly SuggestedFolder[];
  readonly similar: readonly Candidate[];
}

/** @param locationId of what is known beside the record: a call that goes on has none yet */
export const suggestionsQuery = (tenant: string, about: Partial<MemberName> & { readonly locationId?: string }) =>
  queryOptions({
    queryKey: ['suggestions', tenant, about],
    queryFn: async ({ signal }) =>
      await ask<Suggestions>('GET', door('/suggestions'), { params: { tenant }, query: { ...about }, signal }),
    staleTime: 30_000,
  });

export interface DuplicateCase {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly openedAt: string | null;
  readonly score: number;
  readonly reasons: readonly (Reason | { readonly code: 'same-contact' })[];
}

export interface WrittenCase {
  readonly personId?: string;
  readonly locationId?: string;
  readonly text: string;
}

export const duplicatesQuery = (tenant: string, written: WrittenCase) =>
  queryOptions({
    queryKey: ['duplicates', tenant, written],
    queryFn: async ({ signal }) => {
      const query = { ...written };
      return await ask<{ cases: readonly DuplicateCase[] }>('GET', door('/cases/duplicates'), {
        params: { tenant },
        query,
        signal,
      });
    },
    enabled: written.text.trim().length > 3 || written.personId !== undefined,
    staleTime: 30_000,
    placeholderData: (before) => before,
  });
