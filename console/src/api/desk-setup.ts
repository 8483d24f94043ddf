import { queryOptions } from '@tanstack/react-query';
import { ask, Problem } from './client.ts';
import type { Named } from './desk.ts';

/** What every page needs to know of the desk; the rest comes with the first call. */

export interface DeskSetup {
  /** Empty: this member has no telephone. */
  readonly extension: string;
  /** A telephone system shows its calls here, and this member's role may see them. */
  readonly showsCalls: boolean;
  readonly may: {
    readonly openCases: boolean;
    readonly fileCalls: boolean;
    readonly makePeople: boolean;
    readonly makeLocations: boolean;
  };
  /** Fields of a case that the role may not write. */
  readonly locked: readonly string[];
  readonly members: readonly Named[];
}

const FRESH_MS = 300_000;
/** Twice as long each time. */
const FIRST_WAIT_MS = 5000;

/** Null where the workspace has no desk. While the hub still copies the workspace it does not know all of this, so at first it is asked again soon. */
export const deskQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['desk', tenant],
    queryFn: async ({ signal }): Promise<DeskSetup | null> => {
      const path = `/tenants/{tenant}/plugins/service-desk/member/desk` as const;
      try {
        return await ask<DeskSetup>('GET', path, { params: { tenant }, signal });
      } catch (error) {
        if (error instanceof Problem && error.status === 404) return null;
        throw error;
      }
    },
    staleTime: FRESH_MS,
    refetchInterval: ({ state: { data, dataUpdateCount } }) =>
      data?.showsCalls === true && data.extension !== ''
        ? FRESH_MS
        : Math.min(FRESH_MS, FIRST_WAIT_MS * 2 ** dataUpdateCount),
  });
