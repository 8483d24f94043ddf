import { v5 } from 'uuid';

/** The id of the record that a key of ours names: the same in every process and at every try. */
export function recordIdFor(tenantId: string, object: string, key: string): string {
  return v5(`${object}:${key}`, tenantId);
}

const twentyId = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** Whether Twenty takes it as an id: it refuses UUID versions 6 and up and nil (Twenty 2.21, measured). */
export function isTwentyId(value: unknown): value is string {
  return typeof value === 'string' && twentyId.test(value);
}
