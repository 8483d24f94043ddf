/** The choices of Twenty's object `malfunction`, as in crm/src/malfunction/malfunction.choices.ts. */
export const folderStates = [
  'REPORTED',
  'INVESTIGATING',
  'IDENTIFIED',
  'IN_REPAIR',
  'MONITORING',
  'RESOLVED',
  'CLOSED',
] as const;
export type FolderState = (typeof folderStates)[number];

export const severities = ['MINOR', 'MODERATE', 'MAJOR', 'CRITICAL'] as const;
export const folderKinds = ['OUTAGE', 'IMPAIRED', 'DAMAGE', 'LEAK', 'NOISE', 'ALARM', 'SAFETY', 'OTHER'] as const;
export const assetKinds = [
  'ELEVATOR',
  'HEATING',
  'COOLING',
  'VENTILATION',
  'ELECTRICAL',
  'PLUMBING',
  'DOOR',
  'FIRE_SAFETY',
  'SECURITY',
  'NETWORK',
  'COMPUTER',
  'MACHINE',
  'VEHICLE',
  'BUILDING',
  'OTHER',
] as const;

/** Objects whose records are members of a folder. */
export const memberObjects = ['serviceCase', 'phoneCall'] as const;
export type MemberObject = (typeof memberObjects)[number];

export interface MemberName {
  readonly object: MemberObject;
  readonly id: string;
}

export function isEndedFolder(status: unknown): boolean {
  return status === 'RESOLVED' || status === 'CLOSED';
}
