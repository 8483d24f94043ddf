import type { CrmWrite } from '../../contract/crm.ts';
import { PayloadError } from '../../contract/errors.ts';
import { isTwentyId } from '../ids.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** Columns that Twenty or the gateway itself keeps. */
const reserved = new Set(['id', 'updatedAt', 'deletedAt', 'searchVector']);

const apiName = /^[a-zA-Z][a-zA-Z0-9]{0,62}$/;

/**
 * The fields of a write as they are stored and sent: no NUL and no half of a surrogate pair (Twenty and PostgreSQL refuse
 * both), dates as ISO text, relation ids in lower case.
 *
 * @throws PayloadError naming the field
 */
export function cleanFields({ object, fields }: CrmWrite): Fields {
  if (!apiName.test(object))
    throw new PayloadError('the object name of a CRM write is not an API name', { field: 'object' });
  const clean: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (!apiName.test(name) || reserved.has(name)) {
      throw new PayloadError(`a CRM write must not set the field "${name}"`, { field: `${object}.${name}` });
    }
    if (value === undefined) continue;
    clean[name] = cleanReference(name, cleanValue(value, `${object}.${name}`));
  }
  return clean;
}

/** Whether a field whose name ends in `Id` is a relation or a text is known when it is sent. */
function cleanReference(name: string, value: unknown): unknown {
  return isReferenceName(name) && isTwentyId(value) ? value.toLowerCase() : value;
}

const isReferenceName = (name: string): boolean => name.endsWith('Id');

function cleanValue(value: unknown, field: string): unknown {
  switch (typeof value) {
    case 'string':
      return value.toWellFormed().replaceAll('\0', '');
    case 'boolean':
      return value;
    case 'number':
      if (Number.isFinite(value)) return value;
      break;
    case 'object':
      return cleanObject(value, field);
    default:
  }
  throw new PayloadError('a CRM write holds a value that JSON cannot carry', { field });
}

function cleanObject(value: object | null, field: string): unknown {
  if (value === null) return null;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item, index) => cleanValue(item, `${field}.${index}`));
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(
    entries.map(([name, part]) => [cleanValue(name, field), cleanValue(part, `${field}.${name}`)]),
  );
}

/** The ids in relation columns. */
export function referencesOf(fields: Fields): string[] {
  const ids = Object.entries(fields)
    .filter(([name, value]) => isReferenceName(name) && isTwentyId(value))
    .map(([, value]) => value as string);
  return [...new Set(ids)];
}

/** The same fields with every relation id replaced that Twenty knows under another one. */
export function rewriteReferences(fields: Fields, links: ReadonlyMap<string, string>): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      isReferenceName(name) && typeof value === 'string' ? (links.get(value) ?? value) : value,
    ]),
  );
}
