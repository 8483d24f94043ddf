import { useState } from 'react';

import { askDoor } from '../panel/ask-door.ts';
import { type Outcome, useAsked } from '../panel/use-asked.ts';
import type { HandlingAnswer, JournalAnswer } from './answer.ts';

interface Shown {
  readonly handling: HandlingAnswer;
  readonly journal: JournalAnswer;
}

/** A component cannot follow the live feed: an event source sends no token. Two small questions now and then cost the hub next to nothing. */
const REFRESH_MS = 15_000;
const PAGE = 20;

/** The handling of a case, and the journal as far as it was asked for. */
export function useHandling(caseId: string) {
  const [limit, setLimit] = useState(PAGE);
  const { state, refresh } = useAsked({
    about: caseId,
    amount: limit,
    everyMs: REFRESH_MS,
    ask: async (signal) => await askBoth(caseId, limit, signal),
  });
  /** The hub answers at most 200; what is older is in the console. */
  const more = limit < 200 ? () => setLimit(Math.min(limit + 60, 200)) : undefined;
  return { state, refresh, more };
}

async function askBoth(caseId: string, limit: number, signal: AbortSignal): Promise<Outcome<Shown>> {
  const journalPath = `/journal?object=serviceCase&id=${caseId}&limit=${limit}`;
  const [handling, journal] = await Promise.all([
    askDoor<HandlingAnswer>('service-desk', `/cases/handling?id=${caseId}`, undefined, signal),
    askDoor<JournalAnswer>('service-desk', journalPath, undefined, signal),
  ]);
  if (handling.kind === 'problem') return handling;
  if (journal.kind === 'problem') return journal;
  return { kind: 'answer', answer: { handling: handling.answer, journal: journal.answer } };
}
