import type { Listed } from '../client/imap.ts';
import type { Source } from './source.ts';

/** A message that was fetched, ready to be stored. */
export type Arrival = Listed & {
  readonly id: string;
  readonly state: 'ready' | 'unreadable' | 'oversize';
  readonly problem: string;
  /** Why it could not be read; '' for one that was. */
  readonly problemCode: string;
  /** What the message itself tells of its row: JSON in UTF-8; see columns.ts. */
  readonly columns: Buffer;
  /** Ids of messages that it names. */
  readonly named: readonly string[];
  readonly source: Source;
  readonly isHistory: boolean;
  /** Written by whoever owns the mailbox. */
  readonly isOutgoing: boolean;
};

/** What a range of uids holds. */
export type Range = {
  readonly arrivals: readonly Arrival[];
  /** Messages that were here before under another uid. */
  readonly moved: readonly (Listed & { readonly messageId: string })[];
  /** Uids that the server has announced and does not hand out. */
  readonly missing: readonly number[];
};

/** How the cursor moves with the range; it has to stand where it was. */
export type Cursor =
  | { readonly name: 'next'; readonly from: number; readonly to: number }
  | { readonly name: 'past'; readonly from: number; readonly to: number };
