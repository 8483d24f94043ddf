export type Speaker = 'agent' | 'caller' | 'unknown';

export type Direction = 'INBOUND' | 'OUTBOUND' | 'INTERNAL';

/** Who is on the left of a recording with two channels: whoever placed the call, or always the same side. */
export const leftSides = ['calling', 'agent', 'caller'] as const;
export type LeftSide = (typeof leftSides)[number];

/**
 * Who speaks on each channel; `caller` is the other side, whoever placed the call. On one channel nobody can be told from the other.
 *
 * @param direction undefined where it is not known: then as if the other side had called
 */
export function speakersOf(channels: number, left: LeftSide, direction: Direction | undefined): Speaker[] {
  if (channels < 2) return ['unknown'];
  const isAgentLeft = left === 'agent' || (left === 'calling' && direction === 'OUTBOUND');
  return isAgentLeft ? ['agent', 'caller'] : ['caller', 'agent'];
}
