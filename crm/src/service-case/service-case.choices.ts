import type { Choice } from '../kit/fields.ts';

export const CASE_STATES: readonly Choice[] = [
  ['NEW', 'New', 'blue'],
  ['OPEN', 'Open', 'sky'],
  ['IN_PROGRESS', 'In progress', 'purple'],
  ['WAITING_FOR_CUSTOMER', 'Waiting for customer', 'yellow'],
  ['WAITING_FOR_OTHERS', 'Waiting for others', 'orange'],
  ['RESOLVED', 'Resolved', 'green'],
  ['CLOSED', 'Closed', 'gray'],
  ['CANCELLED', 'Cancelled', 'brown'],
];

export const CASE_PRIORITIES: readonly Choice[] = [
  ['LOW', 'Low', 'gray'],
  ['NORMAL', 'Normal', 'blue'],
  ['HIGH', 'High', 'orange'],
  ['URGENT', 'Urgent', 'red'],
];

export const CASE_KINDS: readonly Choice[] = [
  ['FAULT', 'Fault', 'red'],
  ['QUESTION', 'Question', 'blue'],
  ['REQUEST', 'Request', 'purple'],
  ['COMPLAINT', 'Complaint', 'orange'],
  ['MAINTENANCE', 'Maintenance', 'turquoise'],
  ['OTHER', 'Other', 'gray'],
];

export const SERVICE_STATES: readonly Choice[] = [
  ['ON_TRACK', 'On track', 'green'],
  ['AT_RISK', 'At risk', 'yellow'],
  ['BREACHED', 'Overdue', 'red'],
  ['PAUSED', 'Paused', 'gray'],
  ['MET', 'Met', 'turquoise'],
];

export const CLOSE_REASONS: readonly Choice[] = [
  ['SOLVED', 'Solved', 'green'],
  ['DUPLICATE', 'Duplicate', 'brown'],
  ['MERGED', 'Merged', 'brown'],
  ['NO_ANSWER', 'No answer from customer', 'yellow'],
  ['NOT_COVERED', 'Not covered by contract', 'orange'],
  ['WITHDRAWN', 'Withdrawn', 'gray'],
];
