import type { FieldType } from '../types.ts';

/** How one part of a composite is stored, checked and filtered. */
export type PartKind = 'text' | 'email' | 'number' | 'uuid' | 'json' | 'list' | 'actorSource';

export type CompositePart = { name: string; kind: PartKind };

export type CompositeType =
  | 'ACTOR'
  | 'ADDRESS'
  | 'CURRENCY'
  | 'EMAILS'
  | 'FULL_NAME'
  | 'LINKS'
  | 'PHONES'
  | 'RICH_TEXT';

/** The parts of every composite type, in the order Twenty lists them. */
export const COMPOSITES: Readonly<Record<CompositeType, readonly CompositePart[]>> = {
  ACTOR: [
    { name: 'source', kind: 'actorSource' },
    { name: 'workspaceMemberId', kind: 'uuid' },
    { name: 'name', kind: 'text' },
    { name: 'context', kind: 'json' },
  ],
  ADDRESS: [
    { name: 'addressStreet1', kind: 'text' },
    { name: 'addressStreet2', kind: 'text' },
    { name: 'addressCity', kind: 'text' },
    { name: 'addressPostcode', kind: 'text' },
    { name: 'addressState', kind: 'text' },
    { name: 'addressCountry', kind: 'text' },
    { name: 'addressLat', kind: 'number' },
    { name: 'addressLng', kind: 'number' },
  ],
  CURRENCY: [
    { name: 'amountMicros', kind: 'number' },
    { name: 'currencyCode', kind: 'text' },
  ],
  EMAILS: [
    { name: 'primaryEmail', kind: 'email' },
    { name: 'additionalEmails', kind: 'list' },
  ],
  FULL_NAME: [
    { name: 'firstName', kind: 'text' },
    { name: 'lastName', kind: 'text' },
  ],
  LINKS: [
    { name: 'primaryLinkLabel', kind: 'text' },
    { name: 'primaryLinkUrl', kind: 'text' },
    { name: 'secondaryLinks', kind: 'list' },
  ],
  PHONES: [
    { name: 'primaryPhoneNumber', kind: 'text' },
    { name: 'primaryPhoneCountryCode', kind: 'text' },
    { name: 'primaryPhoneCallingCode', kind: 'text' },
    { name: 'additionalPhones', kind: 'list' },
  ],
  RICH_TEXT: [
    { name: 'blocknote', kind: 'text' },
    { name: 'markdown', kind: 'text' },
  ],
};

/** Parts that make up the unique index of a composite field. */
export const UNIQUE_PARTS: Readonly<Partial<Record<CompositeType, readonly string[]>>> = {
  EMAILS: ['primaryEmail'],
  LINKS: ['primaryLinkUrl'],
  PHONES: ['primaryPhoneNumber', 'primaryPhoneCountryCode', 'primaryPhoneCallingCode'],
  FULL_NAME: ['firstName', 'lastName'],
  CURRENCY: ['amountMicros', 'currencyCode'],
};

export const ACTOR_SOURCES = [
  'EMAIL',
  'CALENDAR',
  'WORKFLOW',
  'AGENT',
  'API',
  'IMPORT',
  'MANUAL',
  'SYSTEM',
  'WEBHOOK',
  'APPLICATION',
] as const;

export function isComposite(type: FieldType): type is CompositeType {
  return type in COMPOSITES;
}

export function compositeParts(type: FieldType): readonly CompositePart[] | undefined {
  return isComposite(type) ? COMPOSITES[type] : undefined;
}

/** Column of a composite's part: emails + primaryEmail = emailsPrimaryEmail. */
export function partColumn(fieldName: string, partName: string): string {
  return fieldName + upperFirst(partName);
}

export function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
