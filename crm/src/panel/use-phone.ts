import { useCallback, useEffect, useState } from 'react';

import { askDoor } from './ask-door.ts';

/** The member's own telephone, as far as this panel used it. */
export type PhoneState =
  | { readonly kind: 'idle' }
  /** `ringing`: the own telephone rings, and calls out once it is picked up. */
  | { readonly kind: 'asking' | 'ringing' | 'dialling' | 'talking'; readonly number: string; readonly callId?: string }
  | { readonly kind: 'over'; readonly number: string }
  | { readonly kind: 'refused'; readonly number: string; readonly said: string };

type Told = {
  readonly state: 'accepted' | 'done' | 'failed';
  readonly detail: string;
  readonly call: { readonly id: string; readonly state: 'ringing' | 'dialling' | 'talking' } | null;
};

type Click = { readonly id: string; readonly number: string };

const LOOK_EVERY_MS = 1000;

/** Calls numbers from the member's telephone and follows what becomes of it. @param plugin that has the doors */
export function usePhone(plugin: string) {
  const [state, setState] = useState<PhoneState>({ kind: 'idle' });
  const [click, setClick] = useState<Click>();

  useEffect(() => {
    if (click === undefined) return undefined;
    const gone = new AbortController();
    void follow(plugin, click, gone.signal, setState);
    return () => gone.abort();
  }, [plugin, click]);

  const call = useCallback(
    async (number: string): Promise<void> => {
      const id = newClick();
      setClick(undefined);
      setState({ kind: 'asking', number });
      const outcome = await askDoor(plugin, '/phone/call', { requestId: id, number });
      if (outcome.kind === 'answer') setClick({ id, number });
      else setState({ kind: 'refused', number, said: outcome.said });
    },
    [plugin],
  );

  const hangUp = useCallback(
    async (callId: string): Promise<void> => {
      await askDoor(plugin, '/phone/hang-up', { requestId: newClick(), callId });
    },
    [plugin],
  );

  return { state, call, hangUp };
}

/** One id per click, so that a click that is sent twice is one call. */
const newClick = (): string => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;

async function follow(
  plugin: string,
  { id, number }: Click,
  signal: AbortSignal,
  tell: (state: PhoneState) => void,
): Promise<void> {
  let wasInCall = false;
  while (!signal.aborted) {
    const outcome = await askDoor<Told>(plugin, `/phone/request?id=${encodeURIComponent(id)}`, undefined, signal);
    if (signal.aborted) return;
    // It is too long ago for the hub to know: the call has its own record by now.
    if (outcome.kind === 'problem' && outcome.problem === 'missing') return tell({ kind: 'idle' });
    if (outcome.kind === 'answer') {
      const { state, detail, call } = outcome.answer;
      if (state === 'failed') return tell({ kind: 'refused', number, said: detail });
      if (wasInCall && call === null) return tell({ kind: 'over', number });
      wasInCall ||= call !== null;
      tell(stateOf(outcome.answer, number));
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

function stateOf({ state, call }: Told, number: string): PhoneState {
  if (call !== null) return { kind: call.state, number, callId: call.id };
  return { kind: state === 'accepted' ? 'asking' : 'ringing', number };
}
