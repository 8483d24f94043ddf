import type { z } from 'zod';

import { InvalidPayloadError } from './errors.ts';
import type { JobType } from './job-type.ts';

/** What is larger belongs in a table of its own, with its id in the payload. */
const maxBytes = 256 * 1024;

/**
 * Checks the payload in the form in which a run will see it: after a round trip through JSON.
 *
 * @throws InvalidPayloadError
 */
export function toStoredPayload<S extends z.ZodType>(
  type: JobType<S>,
  payload: unknown,
): { readonly stored: unknown; readonly parsed: z.output<S> } {
  const stored = toStorable(type.name, payload);
  return { stored, parsed: parsePayload(type, stored) };
}

/**
 * @returns the payload after a round trip through JSON
 * @throws InvalidPayloadError when it is no JSON, too large, or text that PostgreSQL cannot store
 */
export function toStorable(type: string, payload: unknown): unknown {
  const json = stringify(type, payload);
  if (Buffer.byteLength(json) > maxBytes) {
    throw new InvalidPayloadError(type, 'payload', `is larger than ${maxBytes} bytes`);
  }
  const stored: unknown = JSON.parse(json);
  refuseUnstorableText(type, stored, 'payload');
  return stored;
}

/** @throws InvalidPayloadError */
export function parsePayload<S extends z.ZodType>(type: JobType<S>, stored: unknown): z.output<S> {
  const result = type.payload.safeParse(stored);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new InvalidPayloadError(type.name, fieldPath(issue?.path ?? []), issue?.message ?? 'is not valid');
}

function stringify(type: string, payload: unknown): string {
  try {
    const json: string | undefined = JSON.stringify(payload);
    if (json !== undefined) return json;
  } catch {
    // Falls through to the same refusal: a cycle or a bigint is no JSON either.
  }
  throw new InvalidPayloadError(type, 'payload', 'is not JSON');
}

/** PostgreSQL's jsonb takes neither NUL nor half a surrogate pair; Redis takes both, so the refusal must be ours. */
function refuseUnstorableText(type: string, value: unknown, path: string): void {
  if (typeof value === 'string') {
    const problem = unstorable(value);
    if (problem !== undefined) throw new InvalidPayloadError(type, path, problem);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      const problem = unstorable(key);
      if (problem !== undefined) throw new InvalidPayloadError(type, path, `has a name that ${problem}`);
      refuseUnstorableText(type, member, `${path}.${key}`);
    }
  }
}

/** @returns what is wrong with the text, undefined when PostgreSQL can store it */
export function unstorable(text: string): string | undefined {
  if (text.includes('\0')) return 'contains a NUL character';
  if (!text.isWellFormed()) return 'contains half a surrogate pair';
  return undefined;
}

const fieldPath = (path: readonly PropertyKey[]): string => ['payload', ...path.map(String)].join('.');
