/** What a workspace has: its objects and their fields, as far as the gateway needs to know. */
export type WorkspaceSchema = ReadonlyMap<string, ObjectSchema>;

export type ObjectSchema = {
  readonly name: string;
  readonly plural: string;
  readonly fields: ReadonlyMap<string, FieldSchema>;
};

export type FieldSchema = {
  readonly type: string;
  readonly isUnique: boolean;
  /** Of SELECT, MULTI_SELECT and RATING. */
  readonly options?: readonly string[];
};

/** `Company` of `company`: as Twenty builds its operation names. */
export const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const parts: Readonly<Record<string, readonly string[]>> = {
  FULL_NAME: ['firstName', 'lastName'],
  EMAILS: ['primaryEmail', 'additionalEmails'],
  PHONES: ['primaryPhoneNumber', 'primaryPhoneCountryCode', 'primaryPhoneCallingCode', 'additionalPhones'],
  LINKS: ['primaryLinkUrl', 'primaryLinkLabel', 'secondaryLinks'],
  ADDRESS: [
    'addressStreet1',
    'addressStreet2',
    'addressCity',
    'addressPostcode',
    'addressState',
    'addressCountry',
    'addressLat',
    'addressLng',
  ],
  CURRENCY: ['amountMicros', 'currencyCode'],
  ACTOR: ['source', 'workspaceMemberId', 'name', 'context'],
  RICH_TEXT: ['markdown'],
  FILES: ['fileId', 'label', 'extension'],
};

const partwise = new Set(['FULL_NAME', 'EMAILS', 'PHONES', 'LINKS', 'ADDRESS', 'CURRENCY']);

/** Composites whose parts are set one by one, so that two patches of one field are merged part by part. */
export const isPartwise = (type: string | undefined): boolean => type !== undefined && partwise.has(type);

const replaced = new Set(['EMAILS', 'PHONES', 'LINKS']);

/** Composites that lose what a write does not mention (Twenty 2.21, measured). */
export const isReplacedWhole = (type: string | undefined): boolean => type !== undefined && replaced.has(type);

/** What every record answers. */
export const baseFields = ['id', 'createdAt', 'updatedAt', 'deletedAt'] as const;

/**
 * A GraphQL selection of the fields that exist. A misspelt field would silently answer null, a misspelt part of a composite fail
 * the request (Twenty 2.21, measured), so nothing is asked for that the schema does not have.
 */
export function selectionOf(object: ObjectSchema, fields: Iterable<string>): string {
  const names = new Set<string>([...baseFields, ...fields]);
  const selected = [...names].flatMap((name) => {
    const type = object.fields.get(name)?.type;
    if (type === undefined) return [];
    return [parts[type] === undefined ? name : `${name}{${parts[type].join(' ')}}`];
  });
  return selected.join(' ');
}

export const missingFields = (object: ObjectSchema, fields: Iterable<string>): string[] =>
  [...fields].filter((name) => !object.fields.has(name));

/** The fields by which Twenty recognises a record besides its id. */
export const uniqueFields = (object: ObjectSchema): string[] =>
  [...object.fields].filter(([name, field]) => field.isUnique && name !== 'id').map(([name]) => name);
