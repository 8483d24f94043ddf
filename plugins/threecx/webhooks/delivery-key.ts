import type { RawRequest } from '@switchboard/core/contract';
import { serialKey } from '../calls/line.ts';

/** The content of a post whatever the order of its fields: 3CX sends no id, and the same content again is a repeat. */
export function contentKey({ body }: RawRequest): string {
  const fields = readFields(body);
  return fields === undefined ? body.toString('latin1') : JSON.stringify(Object.entries(fields).toSorted(byName));
}

/** Posts of one line wait for each other, and for what other channels tell of it. */
export function lineKey({ body }: RawRequest): string | undefined {
  const fields = readFields(body);
  return fields === undefined ? undefined : serialKey(textOf(fields['number']).slice(0, 200));
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
