import type { RawRequest } from '@switchboard/core/contract';

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
  return `${textOf(fields['agent'])}/${digits.slice(-7)}`.slice(0, 200);
}

function readFields(body: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function byName([one]: [string, unknown], [other]: [string, unknown]): number {
  return one < other ? -1 : 1;
}
