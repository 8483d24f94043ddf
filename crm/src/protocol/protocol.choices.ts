import type { Choice } from '../kit/fields.ts';

export const PROTOCOL_PURPOSES: readonly Choice[] = [
  ['INTAKE', 'Intake of a case', 'blue'],
  ['MALFUNCTION', 'Malfunction', 'red'],
  ['CALLBACK', 'Callback', 'purple'],
  ['ESCALATION', 'Escalation', 'orange'],
  ['OTHER', 'Other', 'gray'],
];
