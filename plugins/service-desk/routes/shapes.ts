import { z } from 'zod';

/** What comes in from pages, part by part. */

export const id = z.uuid('must be the id of a record').toLowerCase();

/** One per click. */
export const requestId = z.string().min(1).max(100);

/** One line, possibly empty. */
export const shortText = between(0, 250);

export const someText = between(1, 250);

export const longText = between(0, 20_000);

export const someLongText = between(1, 20_000);

function between(least: number, most: number) {
  const checked = z.string().min(least, 'must not be empty').max(most, `must have at most ${most} characters`);
  return z.string().transform(printable).pipe(checked);
}

/** Without control characters and halves of characters, which PostgreSQL refuses. */
function printable(text: string): string {
  return (
    text
      .toWellFormed()
      // oxlint-disable-next-line no-control-regex -- removing them is the purpose
      .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g, '')
      .trim()
  );
}
