import type { Listed } from '../client/imap.ts';
import type { Understood } from '../understand/understood.ts';
import type { Source } from './source.ts';

/** A message that was fetched, ready to be stored. */
export type Arrival = Listed & {
  readonly id: string;
  readonly state: 'ready' | 'unreadable' | 'oversize';
  readonly problem: string;
  /** Undefined when it is unreadable. */
  readonly mail: Understood | undefined;
  readonly source: Source;
  readonly isHistory: boolean;
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
