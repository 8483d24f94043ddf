import { z } from 'zod';
import { defineTopic, live, type LiveChange } from '../contract/index.ts';
import { type Appended } from './append.ts';

/** Cases and malfunctions of which the journal grew a moment ago, as `object/id`: pages that show one ask for it again. */
export const journalTopic = defineTopic('journal', z.object({ sequence: z.number().int().positive() }), {
  object: 'caseEntry',
});

const SHOWN_MS = 60_000;
const MOST = 200;

/** One item per record, with the newest of its entries. */
export function journalNews(entries: readonly Appended[], now: number): LiveChange[] {
  const newest = new Map(
    entries.flatMap(({ sequence, subjects }) =>
      subjects.filter(isShown).map((subject) => [subject, sequence] as const),
    ),
  );
  const expiresAt = new Date(now + SHOWN_MS);
  return [...newest]
    .slice(-MOST)
    .map(([subject, sequence]) => live(journalTopic, subject, { sequence }, { expiresAt }));
}

const isShown = (subject: string): boolean => /^(?:serviceCase|malfunction)\//.test(subject);
