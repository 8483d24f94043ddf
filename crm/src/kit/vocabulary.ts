import type { Choice } from './fields.ts';

/** Options shared by several objects, so that a case, its asset and its malfunction speak the same words. */

export const ASSET_KINDS: readonly Choice[] = [
  ['ELEVATOR', 'Elevator', 'blue'],
  ['HEATING', 'Heating', 'red'],
  ['COOLING', 'Cooling', 'sky'],
  ['VENTILATION', 'Ventilation', 'turquoise'],
  ['ELECTRICAL', 'Electrical', 'yellow'],
  ['PLUMBING', 'Plumbing', 'cyan'],
  ['DOOR', 'Door and gate', 'brown'],
  ['FIRE_SAFETY', 'Fire safety', 'tomato'],
  ['SECURITY', 'Security', 'crimson'],
  ['NETWORK', 'Network', 'iris'],
  ['COMPUTER', 'Computer', 'violet'],
  ['MACHINE', 'Machine', 'orange'],
  ['VEHICLE', 'Vehicle', 'grass'],
  ['BUILDING', 'Building', 'bronze'],
  ['OTHER', 'Other', 'gray'],
];

export const SERVICE_LEVELS: readonly Choice[] = [
  ['BASIC', 'Basic', 'gray'],
  ['STANDARD', 'Standard', 'sky'],
  ['PREMIUM', 'Premium', 'purple'],
  ['CRITICAL', 'Critical', 'red'],
];

export const CHANNELS: readonly Choice[] = [
  ['PHONE', 'Phone', 'blue'],
  ['EMAIL', 'E-mail', 'purple'],
  ['CHAT', 'Chat', 'turquoise'],
  ['SMS', 'Text message', 'cyan'],
  ['FORM', 'Form', 'orange'],
  ['SLACK', 'Slack', 'pink'],
  ['API', 'API', 'iris'],
  ['IMPORT', 'Import', 'brown'],
  ['DESK', 'At the desk', 'gray'],
];

/** Two-letter codes of ISO 639-1 in upper case. */
export const LANGUAGES: readonly Choice[] = [
  ['EN', 'English', 'blue'],
  ['DE', 'German', 'yellow'],
  ['NL', 'Dutch', 'orange'],
  ['FR', 'French', 'iris'],
  ['ES', 'Spanish', 'red'],
  ['IT', 'Italian', 'green'],
  ['PT', 'Portuguese', 'grass'],
  ['PL', 'Polish', 'crimson'],
  ['CS', 'Czech', 'violet'],
  ['SK', 'Slovak', 'plum'],
  ['HU', 'Hungarian', 'jade'],
  ['RO', 'Romanian', 'gold'],
  ['BG', 'Bulgarian', 'lime'],
  ['EL', 'Greek', 'sky'],
  ['HR', 'Croatian', 'ruby'],
  ['SL', 'Slovenian', 'mint'],
  ['DA', 'Danish', 'tomato'],
  ['SV', 'Swedish', 'amber'],
  ['NB', 'Norwegian', 'cyan'],
  ['FI', 'Finnish', 'turquoise'],
  ['ET', 'Estonian', 'bronze'],
  ['LV', 'Latvian', 'brown'],
  ['LT', 'Lithuanian', 'grass'],
  ['UK', 'Ukrainian', 'yellow'],
  ['RU', 'Russian', 'purple'],
  ['TR', 'Turkish', 'pink'],
  ['AR', 'Arabic', 'jade'],
  ['ZH', 'Chinese', 'red'],
  ['JA', 'Japanese', 'crimson'],
  ['OTHER', 'Other', 'gray'],
];

/** Life of a text that is written, approved and replaced: scripts and protocols. */
export const PUBLICATION_STATES: readonly Choice[] = [
  ['DRAFT', 'Draft', 'gray'],
  ['PUBLISHED', 'Published', 'green'],
  ['RETIRED', 'Retired', 'brown'],
];

export const DIRECTIONS: readonly Choice[] = [
  ['INBOUND', 'Inbound', 'blue'],
  ['OUTBOUND', 'Outbound', 'purple'],
];
