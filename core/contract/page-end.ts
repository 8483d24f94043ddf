import { z } from 'zod';

/** The last line of a page of a list that goes from the newest to the oldest: the next page holds what comes after it. */
export interface PageEnd {
  /**
   * ISO 8601 in UTC with microseconds, as PostgreSQL keeps it: with milliseconds the next page would lose the neighbours. Lines of one insert share it;
   * they go by their ids, the highest first.
   */
  readonly at: string;
  readonly id: string;
}

const parts = z.object({
  // PostgreSQL has no year 0.
  at: z.iso.datetime().refine((at) => !at.startsWith('0000')),
  id: z.uuid().toLowerCase(),
});

/** What a page gave as `next`, checked: where the list takes up again. */
export const pageEnd = z.string().transform((text, context): PageEnd => {
  const [at, id, ...more] = text.split('~');
  const read = parts.safeParse({ at, id });
  if (read.success && more.length === 0) return read.data;
  context.addIssue({ code: 'custom', message: 'must be what the page before gave as `next`' });
  return z.NEVER;
});

/** A text that is handed back as it is for the page after this one; null where fewer lines were found than asked for. */
export function nextPage(lines: readonly PageEnd[], limit: number): string | null {
  const last = lines.length < limit ? undefined : lines.at(-1);
  return last === undefined ? null : `${last.at}~${last.id}`;
}
