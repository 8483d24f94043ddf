import { SwitchboardError } from '@switchboard/core/contract';

/** What an admin is told about reading that has failed. */
export type Trouble = { readonly message: string; readonly remedy: string };

/** PostgreSQL's disk_full, and what the file system says. */
const full = new Set(['53100', 'ENOSPC', 'EDQUOT']);

export function describeTrouble(error: unknown): Trouble {
  if (isFull(error)) {
    return {
      message: 'The disk of the hub or of its database is full; the mail waits in the mailbox',
      remedy: 'Make room on that disk. The hub tries again by itself.',
    };
  }
  if (error instanceof SwitchboardError) return { message: error.message, remedy: error.remedy ?? '' };
  return { message: 'It failed unexpectedly; the log of the hub has the details.', remedy: '' };
}

function isFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && full.has(String(error.code))) || isFull(error.cause);
}
