import type { LiveState } from '@switchboard/core/live-client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import { dayOutlineQuery } from '../api/day.ts';
import type { KeptCall, KeptCalls } from './kept.ts';
import { createKeeping } from './keeping.ts';
import { type Announced, heard, type Major, nothingAnnounced } from './majors.ts';

interface Desk {
  readonly calls: KeptCalls;
  readonly line: LiveState['kind'];
  readonly announced: Announced;
  readonly change: (callId: string, part: (call: KeptCall) => Partial<KeptCall>) => void;
  readonly dismiss: (callId: string) => void;
}

const DeskContext = createContext<Desk | undefined>(undefined);

interface DeskProviderProps {
  readonly tenant: string;
  readonly memberId: string;
  /** Whether the workspace has a desk. */
  readonly isOn: boolean;
  /** Whether calls are shown there, and this member's role may see them. */
  readonly hasCalls: boolean;
  readonly children: ReactNode;
}

/** While the line tells what changes, the day is asked for now and then: it begins and ends by the clock as well. */
const TOLD_MS = 60_000;
const UNTOLD_MS = 10_000;

/** Follows calls and day of this member for as long as the workspace is open, and keeps what was typed about each call. */
export function DeskProvider({ tenant, memberId, isOn, hasCalls, children }: DeskProviderProps) {
  const queries = useQueryClient();
  const keeping = useMemo(() => createKeeping(tenant, memberId), [tenant, memberId]);
  const [calls, setCalls] = useState<KeptCalls>(keeping.load);
  const [line, setLine] = useState<LiveState['kind']>('connecting');
  const [announced, setAnnounced] = useState(nothingAnnounced);
  useQuery({
    ...dayOutlineQuery(tenant),
    // Asks, and draws nothing.
    notifyOnChangeProps: [],
    refetchInterval: ({ state }) => (state.data === null ? false : line === 'live' ? TOLD_MS : UNTOLD_MS),
  });

  useEffect(() => {
    if (!isOn) return undefined;
    const gone = new AbortController();
    const onDay = () => {
      for (const part of ['day', 'mail-look']) void queries.invalidateQueries({ queryKey: [part, tenant] });
    };
    void import('./follow-desk.ts').then(({ followDesk }) => {
      if (gone.signal.aborted) return;
      const onMajors = (now: ReadonlyMap<string, Major>) => setAnnounced((before) => heard(before, now));
      // At once with all its effects: whoever sees a card presses a key, and that is heard.
      const onCalls = (next: (known: KeptCalls) => KeptCalls) => flushSync(() => setCalls(next));
      const on = { onCalls, onDay, onMajors, onLine: setLine };
      const { close } = followDesk({ tenant, memberId, hasCalls, ...on });
      gone.signal.addEventListener('abort', close);
    });
    return () => gone.abort();
  }, [tenant, memberId, isOn, hasCalls, queries]);

  useEffect(() => {
    const next = keeping.save(calls);
    if (next !== undefined) setCalls(next);
  }, [keeping, calls]);
  useEffect(() => keeping.watch(setCalls), [keeping]);

  const change = useCallback<Desk['change']>((callId, part) => {
    setCalls((known) => {
      const call = known[callId];
      return call === undefined ? known : { ...known, [callId]: { ...call, ...part(call), editedAt: Date.now() } };
    });
  }, []);
  const dismiss = useCallback((callId: string) => {
    setCalls((known) => Object.fromEntries(Object.entries(known).filter(([id]) => id !== callId)));
  }, []);
  const desk = useMemo(() => ({ calls, line, announced, change, dismiss }), [calls, line, announced, change, dismiss]);
  return <DeskContext value={hasCalls ? desk : undefined}>{children}</DeskContext>;
}

/** Undefined where the workspace has no desk, or no telephone system that shows calls. */
export function useDesk(): Desk | undefined {
  return use(DeskContext);
}
