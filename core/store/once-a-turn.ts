import { setImmediate as endOfTurn } from 'node:timers/promises';

/** Whoever asks in the same turn of the event loop gets the answer of one reading, which begins when the turn is over: nobody gets an older one. */
export function onceATurn<Answer>(read: () => Promise<Answer>): () => Promise<Answer> {
  let coming: Promise<Answer> | undefined;
  return async () => {
    coming ??= endOfTurn().then(async () => {
      coming = undefined;
      return await read();
    });
    return await coming;
  };
}
