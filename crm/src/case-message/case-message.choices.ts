import type { Choice } from '../kit/fields.ts';

export const MESSAGE_STATES: readonly Choice[] = [
  ['DRAFT', 'Draft', 'gray'],
  ['QUEUED', 'Queued', 'sky'],
  ['SENT', 'Sent', 'blue'],
  ['DELIVERED', 'Delivered', 'green'],
  ['BOUNCED', 'Not delivered', 'red'],
  ['FAILED', 'Failed', 'crimson'],
  ['RECEIVED', 'Received', 'turquoise'],
];

/** Whether the sender of an incoming message is who it seems; an unverified reply waits for a member. */
export const SENDER_CHECKS: readonly Choice[] = [
  ['VERIFIED', 'Verified', 'green'],
  ['UNVERIFIED', 'Unverified', 'orange'],
  ['SETTLED', 'Confirmed by hand', 'turquoise'],
  ['REJECTED', 'Rejected', 'red'],
];
