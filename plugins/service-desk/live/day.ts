import { defineTopic, live, type LiveChange } from '@switchboard/core/contract';
import { z } from 'zod';

/**
 * Has pages ask anew for the day of a member: one item per member, and one for everybody. It says no more than that something changed; what it was
 * the page asks for, and gets as far as the role may read it.
 */
export const dayTopic = defineTopic('day', z.object({ at: z.iso.datetime() }));

const SHOWN_MS = 60_000;

/** @param memberIds whose day changed, those that are none are left out; undefined: everybody's */
export function dayChanged(now: number, memberIds?: readonly unknown[]): LiveChange[] {
  const told = { at: new Date(now).toISOString() };
  const expiresAt = new Date(now + SHOWN_MS);
  if (memberIds === undefined) return [live(dayTopic, 'everybody', told, { expiresAt })];
  const members = new Set(memberIds.filter((id): id is string => typeof id === 'string'));
  return [...members].map((id) => live(dayTopic, id, told, { expiresAt, members: [id] }));
}
