import { useState } from 'react';

import type { DoorOutcome } from '../panel/ask-door.ts';

export type DeedState<Answer> =
  | { readonly kind: 'ready' | 'busy' }
  | { readonly kind: 'done'; readonly answer: Answer }
  /** `said` by the hub, in English. */
  | { readonly kind: 'refused'; readonly said: string };

/** Something that is done by a click, and what came of it. @param onDone also when it was refused: what is shown may be outdated */
export function useDeed<Wanted, Answer>(act: (wanted: Wanted) => Promise<DoorOutcome<Answer>>, onDone: () => void) {
  const [state, setState] = useState<DeedState<Answer>>({ kind: 'ready' });
  const run = async (wanted: Wanted): Promise<void> => {
    setState({ kind: 'busy' });
    const outcome = await act(wanted);
    setState(
      outcome.kind === 'answer' ? { kind: 'done', answer: outcome.answer } : { kind: 'refused', said: outcome.said },
    );
    onDone();
  };
  return { state, run: (wanted: Wanted) => void run(wanted), isBusy: state.kind === 'busy' };
}
