import type { PanelObject } from './answer.ts';
import { askHub } from './ask-hub.ts';
import { useAsked } from './use-asked.ts';

/** What is on the page grows old; a mirror lookup a minute costs the hub next to nothing. */
const REFRESH_MS = 60_000;

/** The panel of a record. */
export const usePanel = (object: PanelObject, recordId: string) =>
  useAsked({
    about: recordId,
    everyMs: REFRESH_MS,
    ask: async (signal) => await askHub(object, recordId, signal),
  });
