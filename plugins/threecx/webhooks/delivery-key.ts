import type { RawRequest } from '@switchboard/core/contract';
import { printable } from '../payload.ts';

/** The content of a post whatever the order of its fields: 3CX sends no id, and the same content again is a repeat. */
export function contentKey({ body }: RawRequest): string {
  const fields = readFields(body);
  return fields === undefined ? body.toString('latin1') : JSON.stringify(Object.entries(fields).toSorted(byName));
}

/** Posts that may belong to one call: one agent, and the end of the number, which all written forms share. */
export function callKey({ body }: RawRequest): string | undefined {
  const fields = readFields(body);
  if (fields === undefined) return undefined;
  const digits = textOf(fields['number']).replaceAll(/\D/g, '');
  return printable(`${textOf(fields['agent']).slice(0, 100)}/${digits.slice(-7)}`);
}

/** Posts of the template are flat; what nests, however deeply, is none of them. */
function readFields(body: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return isObject(value) && !Array.isArray(value) && !Object.values(value).some(isObject)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function byName([one]: [string, unknown], [other]: [string, unknown]): number {
  return one < other ? -1 : 1;
}
