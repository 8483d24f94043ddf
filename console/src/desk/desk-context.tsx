import type { LiveState } from '@switchboard/core/live-client';
import { openLive } from '@switchboard/core/live-client';
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react';
import { address } from '../api/client.ts';
import type { CallCard } from '../api/desk.ts';
import { follow, type KeptCall, type KeptCalls } from './kept.ts';
import { createKeeping } from './keeping.ts';

interface Desk {
  readonly calls: KeptCalls;
  readonly line: LiveState['kind'];
  readonly change: (callId: string, part: (call: KeptCall) => Partial<KeptCall>) => void;
  readonly dismiss: (callId: string) => void;
}

const DeskContext = createContext<Desk | undefined>(undefined);

/** How often calls that were left over are looked at for their age. */
const TIDY_MS = 60_000;

/** The first answer comes right behind the connection; where no call goes on, nothing is told. */
const ANSWER_MS = 1500;

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
    let isLive = false;
    const feed = openLive<{ calls: CallCard }>({
      url: new URL(address('/tenants/{tenant}/live', { tenant }), location.href).href,
      topics: ['calls'],
      onChange: take,
      onState: ({ kind }) => {
        isLive = kind === 'live';
        setLine(kind);
        if (isLive) setTimeout(look, ANSWER_MS);
      },
    });
    function take() {
      const live = feed.items('calls');
      const at = { memberId, now: Date.now(), newId: () => crypto.randomUUID() };
      setCalls((known) => follow(known, live, at));
    }
    function look() {
      // While the line is lost, nobody can tell whether a call is over.
      if (isLive) take();
    }
    const tidy = setInterval(look, TIDY_MS);
    return () => {
      clearInterval(tidy);
      isLive = false;
      void feed.close();
    };
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
