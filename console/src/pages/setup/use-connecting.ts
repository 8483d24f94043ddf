import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { connectingQuery } from '../../api/sign-in.ts';
import type { Connecting, Tenant } from '../../api/types.ts';

/** What is shown until the hub has told of the first step. */
const beginning: Connecting = {
  state: 'under-way',
  startedAt: '',
  steps: (['server', 'key', 'app', 'webhooks', 'sign-in'] as const).map((step, index) => ({
    step,
    state: index === 0 ? 'under-way' : 'waiting',
    lines: [],
  })),
  copy: { state: 'waiting', copied: 0, total: 0 },
};

/**
 * The attempt that is shown: the one of this page; before there is one, the one that goes on, or that this page showed before it was loaded again.
 * What became of an attempt of last week is of no concern to who opens the form.
 *
 * @param isBusy whether this page waits for an attempt
 */
export function useConnecting(tenant: Tenant | undefined, isBusy: boolean) {
  const queries = useQueryClient();
  const { workspace } = useSearch({ from: '/setup' });
  /** When the attempt before this page's began: `''` for none, undefined while this page has made no attempt. */
  const [before, setBefore] = useState<string>();
  const options = connectingQuery(tenant?.slug ?? '', isBusy);
  const { data = null } = useQuery({ ...options, enabled: tenant !== undefined });
  const isOwn = before !== undefined && data !== null && data.startedAt !== before;
  const isGoingOn = data?.state === 'under-way';
  const isShownAgain = before === undefined && (isGoingOn || workspace === tenant?.slug);
  return {
    connecting: (isOwn || isShownAgain ? data : undefined) ?? (isBusy ? beginning : undefined),
    /** Whether the hub has begun: what goes wrong from then on is told at its step. */
    hasBegun: isOwn,
    isGoingOn,
    noteAttempt: () => setBefore(queries.getQueryData(options.queryKey)?.startedAt ?? ''),
  };
}
