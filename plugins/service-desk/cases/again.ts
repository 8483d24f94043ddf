const DAY_MS = 86_400_000;

/**
 * What becomes of a case that is over when the customer comes back. What was solved a short time ago is opened again; what somebody has closed, or
 * what is long ago, stays as it is, and a new case follows it. Pure.
 *
 * @param days of the tenant's settings; 0 opens nothing again
 */
export function afterEnd(
  { status, resolvedAt, mergedIntoId }: Readonly<Record<string, unknown>>,
  at: Date,
  days: number,
): 'reopen' | 'follow-up' {
  if (status !== 'RESOLVED' || days === 0) return 'follow-up';
  if (typeof mergedIntoId === 'string' && mergedIntoId !== '') return 'follow-up';
  // Solved in Twenty, where nobody notes when: it may as well have been today.
  const solved = typeof resolvedAt === 'string' ? Date.parse(resolvedAt) : Number.NaN;
  return Number.isNaN(solved) || at.getTime() - solved <= days * DAY_MS ? 'reopen' : 'follow-up';
}
