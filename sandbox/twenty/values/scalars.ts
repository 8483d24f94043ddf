import { inspect } from 'node:util';
import { GraphqlError } from '../errors.ts';
import { isUuid } from '../records/arguments.ts';

/** Where a value came from: it decides the sub code of the refusal. */
export type Purpose = 'data' | 'filter';

// Each check returns the value to store or compare, and throws in Twenty's words (2.21, measured) when it does not fit.

export function checkText(field: string, value: unknown, purpose: Purpose, kind = 'text'): string {
  if (typeof value === 'string') return value;
  throw invalidValue(
    purpose,
    `Invalid string value ${inspect(value)} for ${kind} field "${field}"`,
    'Invalid value',
    value,
  );
}

/** Filters take a numeric text too. */
export function checkNumber(field: string, value: unknown, purpose: Purpose): number {
  if (purpose === 'filter' && typeof value === 'string') return checkNumeric(field, value, 'data');
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw invalidValue(
    purpose,
    `Invalid number value ${inspect(value)} for field "${field}"`,
    'Invalid value for number',
    value,
  );
}

/** Parts such as amountMicros take a numeric string as well. */
export function checkNumeric(field: string, value: unknown, purpose: Purpose): number {
  const isText = typeof value === 'string' && value.trim() !== '';
  return checkNumber(field, isText ? Number(value) : value, purpose);
}

export function checkBoolean(field: string, value: unknown, purpose: Purpose): boolean {
  if (typeof value === 'boolean') return value;
  throw invalidValue(
    purpose,
    `Invalid boolean value ${inspect(value)} for field "${field}"`,
    'Invalid value for boolean',
    value,
  );
}

export function checkUuid(field: string, value: unknown, purpose: Purpose): string {
  if (isUuid(value)) return value.toLowerCase();
  throw invalidValue(
    purpose,
    `Invalid UUID value ${inspect(value)} for field "${field}"`,
    'Invalid value for UUID',
    value,
  );
}

/** A timestamp is cut to its date. */
export function checkDate(field: string, value: unknown, purpose: Purpose): string {
  const date = typeof value === 'string' ? value.match(/^\d{4}-\d{2}-\d{2}/)?.[0] : undefined;
  if (date !== undefined && !Number.isNaN(Date.parse(date))) return date;
  throw invalidTime(purpose, field, value, 'date', "'YYYY-MM-DD'");
}

/** Without a zone it is taken as UTC. */
export function checkDateTime(field: string, value: unknown, purpose: Purpose): string {
  const time = value instanceof Date ? value : parseTime(value);
  if (time !== undefined && !Number.isNaN(time.getTime())) return time.toISOString();
  throw invalidTime(purpose, field, value, 'date-time', "'YYYY-MM-DDTHH:mm:ssZ'");
}

export function checkOption(field: string, value: unknown, options: readonly string[]): string {
  if (typeof value === 'string' && options.includes(value)) return value;
  const shown = typeof value === 'string' ? `"${value}"` : inspect(value);
  throw new GraphqlError(
    `Invalid value ${shown} for field "${field}". Valid values are: ${options.join(', ')}`,
    'BAD_USER_INPUT',
    { subCode: 'INVALID_ARGS_DATA', userFriendlyMessage: `Invalid value for field "${field}"` },
  );
}

/** An empty list is stored as NULL. */
export function checkOptions(field: string, value: unknown, options: readonly string[]): string[] | null {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  if (values.every((item) => typeof item === 'string' && options.includes(item))) {
    return values.length === 0 ? null : (values as string[]);
  }
  const message = `Invalid value ${inspect(value)} for multi select field "${field}"`;
  throw invalidValue('data', message, 'Invalid value for multi-select', value);
}

/** A single string is wrapped, an empty list stored as NULL. */
export function checkTexts(field: string, value: unknown): string[] | null {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  if (!values.every((item) => typeof item === 'string')) {
    throw invalidValue('data', `Invalid value ${inspect(value)} for array field "${field}"`, 'Invalid value', value);
  }
  return values.length === 0 ? null : values;
}

/** A string is taken as JSON text. */
export function checkJson(field: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    throw invalidObject(field, value);
  }
}

export function checkPosition(field: string, value: unknown): unknown {
  if (typeof value === 'number' || value === 'first' || value === 'last') return value;
  const message = `Invalid position value ${inspect(value)} for field "${field}"`;
  throw invalidValue('data', message, 'Invalid value for position', value);
}

export function checkFiles(field: string, value: unknown): unknown {
  const isFile = (item: unknown) => typeof item === 'object' && item !== null && 'fileId' in item && 'label' in item;
  if (Array.isArray(value) && value.every(isFile)) return value;
  const message =
    `Invalid value "${inspect(value)}" for FILES field "${field}"` +
    ' - It should be an array of objects with "fileId" and "label" properties.';
  throw invalidData(message, message);
}

export function checkEmail(field: string, value: unknown): string {
  const email = checkText(field, value, 'data', 'email');
  if (/^[^\s@]+@[^\s@]+$/.test(email)) return email.toLowerCase();
  throw invalidValue(
    'data',
    `Invalid string value ${inspect(email)} for email field "${field}"`,
    'Invalid value',
    email,
  );
}

export function invalidObject(field: string, value: unknown): GraphqlError {
  return invalidData(`Invalid object value ${inspect(value)} for field "${field}"`, 'Invalid value for JSON.');
}

/** A refusal of what was sent to be written. */
export function invalidData(message: string, userFriendlyMessage = 'An error occurred.'): GraphqlError {
  return new GraphqlError(message, 'BAD_USER_INPUT', { subCode: 'INVALID_ARGS_DATA', userFriendlyMessage });
}

function invalidValue(purpose: Purpose, message: string, friendly: string, value: unknown): GraphqlError {
  return new GraphqlError(message, 'BAD_USER_INPUT', {
    subCode: purpose === 'data' ? 'INVALID_ARGS_DATA' : 'INVALID_ARGS_FILTER',
    userFriendlyMessage: `${friendly}: "${inspect(value)}"`,
  });
}

function invalidTime(purpose: Purpose, field: string, value: unknown, kind: string, format: string): GraphqlError {
  const shown = inspect(value);
  return new GraphqlError(
    `Invalid value ${shown} for ${kind} field "${field}". Expected format: ${format}`,
    'BAD_USER_INPUT',
    {
      subCode: purpose === 'data' ? 'INVALID_ARGS_DATA' : 'INVALID_ARGS_FILTER',
      userFriendlyMessage: `Invalid value for ${kind}: "${shown}". Expected format: ${format}`,
    },
  );
}

function parseTime(value: unknown): Date | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}/.test(value)) return undefined;
  const hasTime = /[T ]\d{2}:\d{2}/.test(value);
  const hasZone = /(Z|[+-]\d{2}:?\d{2})$/i.test(value);
  return new Date(hasTime && !hasZone ? `${value}Z` : value);
}
