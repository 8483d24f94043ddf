import { z } from 'zod';
import type { Command, Leg } from '../calls/types.ts';
import type { Directory } from '../directory/directory.ts';

/** What a client asks of a participant. */
export const actionBody = z.object({
  reason: z.string().nullish(),
  destination: z.string().nullish(),
  timeout: z.number().nullish(),
  attacheddata: z.record(z.string(), z.string()).nullish(),
});

const ROUTED = ['divert', 'routeto', 'transferto'] as const;

/** @returns what to do, or 404 for an action that there is not and 422 for one that is not possible now */
export function commandFor(
  action: string,
  leg: Leg,
  destination: string,
  { users }: Pick<Directory, 'users'>,
): Command | 404 | 422 {
  const rings = leg.status === 'Ringing';
  if (action === 'drop') return { kind: 'drop', leg };
  // Ordinary telephones cannot be answered from outside.
  if (action === 'answer') return leg.directControl && rings ? { kind: 'answer', leg } : 422;
  const kind = ROUTED.find((one) => one === action);
  if (kind === undefined) return 404;
  const possible = kind === 'transferto' ? leg.status === 'Connected' : rings && leg.isDestination;
  // Only extensions: nothing of the product transfers to the outside.
  return possible && users.byNumber(destination) !== undefined ? { kind, leg, destination } : 422;
}
