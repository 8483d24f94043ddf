import { isDeepStrictEqual } from 'node:util';
import { isEnded } from '../map.ts';
import type { FolderState } from './choices.ts';

/** What follows from what, for membership and for the flow of a status. Pure: nothing here asks or stores anything. */

export type Placing = 'put' | 'there' | 'moved';

/** A call or a case is in one folder at a time. */
export function placingOf(current: string | null, folder: string): Placing {
  if (current === folder) return 'there';
  return current === null ? 'put' : 'moved';
}

/** The status that a case takes on with its folder. A new folder says nothing about its cases. */
const followed: Readonly<Record<FolderState, string | undefined>> = {
  REPORTED: undefined,
  INVESTIGATING: 'IN_PROGRESS',
  IDENTIFIED: 'IN_PROGRESS',
  IN_REPAIR: 'IN_PROGRESS',
  MONITORING: 'IN_PROGRESS',
  RESOLVED: 'RESOLVED',
  CLOSED: 'CLOSED',
};

export type Verdict =
  | { readonly result: 'changes'; readonly to: string }
  /** Somebody has ended the case for itself: it stays as it is. */
  | { readonly result: 'ended-on-its-own' }
  /** It has what the folder would give it, or is further on. */
  | { readonly result: 'as-it-is' };

/** Fields of a case with their values. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * What a folder's status does to a member.
 *
 * @param left what the last flow of this folder has set in the case and nobody has taken back
 */
export function verdictOf(member: Fields, state: FolderState, left: Fields | undefined): Verdict {
  const to = followed[state];
  const status = member['status'];
  const byFlow = left !== undefined && isAsLeft(member, left);
  if (isEnded(status)) {
    if (!byFlow) return { result: 'ended-on-its-own' };
    if (to === undefined || to === status || (status === 'CLOSED' && to === 'RESOLVED')) return { result: 'as-it-is' };
    return { result: 'changes', to };
  }
  if (to === undefined || to === status) return { result: 'as-it-is' };
  // Who waits for the customer or for others is further on than "in progress".
  if (!isEnded(to) && status !== 'NEW' && status !== 'OPEN') return { result: 'as-it-is' };
  return { result: 'changes', to };
}

export type Undoing = 'restored' | 'changed-since' | 'gone';

/** What taking a flow back does to what it had changed. @param now undefined: deleted meanwhile */
export function undoingOf(now: Fields | undefined, became: Fields): Undoing {
  if (now === undefined) return 'gone';
  return isAsLeft(now, became) ? 'restored' : 'changed-since';
}

/** Whether all fields still have the values that were set. */
export function isAsLeft(now: Fields, set: Fields): boolean {
  return Object.entries(set).every(([field, value]) => isDeepStrictEqual(comparable(now[field]), comparable(value)));
}

/** Twenty answers no text as an empty one, and moments in other forms than they were sent in. */
function comparable(value: unknown): unknown {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)) return Date.parse(value);
  return value;
}
