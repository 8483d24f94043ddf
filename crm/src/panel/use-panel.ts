import { useCallback, useEffect, useState } from 'react';

import type { PanelObject } from './answer.ts';
import { askHub, type PanelOutcome } from './ask-hub.ts';

export type PanelState = { readonly kind: 'loading' } | PanelOutcome;

/** What is on the page grows old; a mirror lookup a minute costs the hub next to nothing. */
const REFRESH_MS = 60_000;

/** The panel of a record: asked for at once, every minute, and on demand. What was shown stays until the next answer is there. */
export function usePanel(object: PanelObject, recordId: string | undefined) {
  const [state, setState] = useState<PanelState>({ kind: 'loading' });
  const [round, setRound] = useState(0);
  useEffect(() => setState({ kind: 'loading' }), [recordId]);
  useEffect(() => {
    if (recordId === undefined) return undefined;
    const gone = new AbortController();
    void askHub(object, recordId, gone.signal).then((outcome) => {
      if (!gone.signal.aborted) setState(outcome);
    });
    const again = setTimeout(() => setRound(round + 1), REFRESH_MS);
    return () => {
      clearTimeout(again);
      gone.abort();
    };
  }, [object, recordId, round]);
  const refresh = useCallback(() => setRound((last) => last + 1), []);
  return { state, refresh };
}
