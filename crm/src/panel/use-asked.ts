import { useCallback, useEffect, useRef, useState } from 'react';

import type { PanelProblem } from './reach-hub.ts';

/** What came of asking the hub, as far as it is shown. */
export type Outcome<Answer> =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'problem'; readonly problem: PanelProblem };

export type AskedState<Answer> = { readonly kind: 'loading' } | Outcome<Answer>;

type Asking<Answer> = {
  /** The record that it is about, under whatever name: another one begins anew. */
  readonly about: string;
  /** How much of it: another value asks again, and what is shown stays until then. */
  readonly amount?: number;
  readonly everyMs: number;
  /** Never throws. */
  readonly ask: (signal: AbortSignal) => Promise<Outcome<Answer>>;
};

/** Asks the hub at once, now and then, and on demand. What was shown stays until the next answer is there. */
export function useAsked<Answer>({ about, amount = 0, everyMs, ask }: Asking<Answer>) {
  const [state, setState] = useState<AskedState<Answer>>({ kind: 'loading' });
  const [round, setRound] = useState(0);
  const latest = useRef(ask);
  latest.current = ask;
  useEffect(() => setState({ kind: 'loading' }), [about]);
  useEffect(() => {
    const gone = new AbortController();
    void latest.current(gone.signal).then((outcome) => {
      if (!gone.signal.aborted) setState(outcome);
    });
    const again = setTimeout(() => setRound(round + 1), everyMs);
    return () => {
      clearTimeout(again);
      gone.abort();
    };
  }, [about, amount, everyMs, round]);
  const refresh = useCallback(() => setRound((last) => last + 1), []);
  return { state, refresh };
}
