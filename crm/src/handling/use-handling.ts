import { useCallback, useEffect, useState } from 'react';

import { askDoor, type DoorOutcome } from '../panel/ask-door.ts';
import type { HandlingAnswer, JournalAnswer } from './answer.ts';

export interface Shown {
  readonly handling: HandlingAnswer;
  readonly journal: JournalAnswer;
}

export type HandlingState = { readonly kind: 'loading' } | DoorOutcome<Shown>;

/** A component cannot follow the live feed: an event source sends no token. Two small questions now and then cost the hub next to nothing. */
const REFRESH_MS = 15_000;
const PAGE = 20;

/** The handling of a case: asked for at once, every quarter of a minute, and on demand. */
export function useHandling(caseId: string | undefined) {
  const [state, setState] = useState<HandlingState>({ kind: 'loading' });
  const [round, setRound] = useState(0);
  const [limit, setLimit] = useState(PAGE);
  useEffect(() => {
    setState({ kind: 'loading' });
    setLimit(PAGE);
  }, [caseId]);
  useEffect(() => {
    if (caseId === undefined) return undefined;
    const gone = new AbortController();
    void askBoth(caseId, limit, gone.signal).then((outcome) => {
      if (!gone.signal.aborted) setState(outcome);
    });
    const again = setTimeout(() => setRound(round + 1), REFRESH_MS);
    return () => {
      clearTimeout(again);
      gone.abort();
    };
  }, [caseId, round, limit]);
  const refresh = useCallback(() => setRound((last) => last + 1), []);
  /** The hub answers at most 200; what is older is in the console. */
  const more = limit < 200 ? () => setLimit(Math.min(limit + 60, 200)) : undefined;
  return { state, refresh, more };
}

async function askBoth(caseId: string, limit: number, signal: AbortSignal): Promise<HandlingState> {
  const journalPath = `/journal?object=serviceCase&id=${caseId}&limit=${limit}`;
  const [handling, journal] = await Promise.all([
    askDoor<HandlingAnswer>('service-desk', `/cases/handling?id=${caseId}`, undefined, signal),
    askDoor<JournalAnswer>('service-desk', journalPath, undefined, signal),
  ]);
  if (handling.kind === 'problem') return handling;
  if (journal.kind === 'problem') return journal;
  return { kind: 'answer', answer: { handling: handling.answer, journal: journal.answer } };
}
