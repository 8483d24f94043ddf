import type { LiveState } from '@switchboard/core/live-client';
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react';
import type { KeptCall, KeptCalls } from './kept.ts';
import { createKeeping } from './keeping.ts';

interface Desk {
  readonly calls: KeptCalls;
  readonly line: LiveState['kind'];
  readonly change: (callId: string, part: (call: KeptCall) => Partial<KeptCall>) => void;
  readonly dismiss: (callId: string) => void;
}

const DeskContext = createContext<Desk | undefined>(undefined);

interface DeskProviderProps {
  readonly tenant: string;
  readonly memberId: string;
  /** Whether the workspace has a desk, and this member's role may see calls. */
  readonly isOn: boolean;
  readonly children: ReactNode;
}

/** Follows the calls of this member for as long as the workspace is open, and keeps what was typed about each. */
export function DeskProvider({ tenant, memberId, isOn, children }: DeskProviderProps) {
  const keeping = useMemo(() => createKeeping(tenant, memberId), [tenant, memberId]);
  const [calls, setCalls] = useState<KeptCalls>(keeping.load);
  const [line, setLine] = useState<LiveState['kind']>('connecting');

  useEffect(() => {
    if (!isOn) return undefined;
    const gone = new AbortController();
    void import('./follow-calls.ts').then(({ followCalls }) => {
      if (gone.signal.aborted) return;
      const { close } = followCalls({ tenant, memberId, onCalls: setCalls, onLine: setLine });
      gone.signal.addEventListener('abort', close);
    });
    return () => gone.abort();
  }, [tenant, memberId, isOn]);

  useEffect(() => keeping.save(calls), [keeping, calls]);

  const change = useCallback<Desk['change']>((callId, part) => {
    setCalls((known) => {
      const call = known[callId];
      return call === undefined ? known : { ...known, [callId]: { ...call, ...part(call) } };
    });
  }, []);
  const dismiss = useCallback((callId: string) => {
    setCalls((known) => Object.fromEntries(Object.entries(known).filter(([id]) => id !== callId)));
  }, []);
  const desk = useMemo(() => ({ calls, line, change, dismiss }), [calls, line, change, dismiss]);
  return <DeskContext value={isOn ? desk : undefined}>{children}</DeskContext>;
}

/** Undefined where the workspace has no desk. */
export function useDesk(): Desk | undefined {
  return use(DeskContext);
}
