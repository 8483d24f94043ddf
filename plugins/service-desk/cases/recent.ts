import type { MomentSource } from '@switchboard/core/contract';

export const recentKinds = ['mine', 'missed'] as const;

/** The calls of a member, or those that nobody answered. */
export const recentCalls = (which: (typeof recentKinds)[number], memberId: string): MomentSource => ({
  object: 'phoneCall',
  at: 'startedAt',
  equal: which === 'mine' ? { agentId: memberId } : { outcome: 'MISSED' },
  empty: ['mergedIntoId'],
});
