import type { ObjectSchema } from './schema.ts';
import { isFileAddition, joinFiles } from './file-list.ts';
import { isPartwise } from './schema.ts';

export type PatchFields = Readonly<Record<string, unknown>>;

/** Several patches of one record as one, the later ones winning; composites part by part. */
export function mergePatches(
  patches: readonly PatchFields[],
  object: ObjectSchema | undefined,
): Record<string, unknown> {
  const merged: Record<string, unknown> = {};
  for (const patch of patches) {
    for (const [name, value] of Object.entries(patch)) {
      merged[name] = mergeValue(object?.fields.get(name)?.type, merged[name], value);
    }
  }
  return merged;
}

function mergeValue(type: string | undefined, earlier: unknown, value: unknown): unknown {
  if (isFileAddition(type, value)) return joinFiles(earlier, value);
  if (isPartwise(type) && isPlainObject(earlier) && isPlainObject(value)) return { ...earlier, ...value };
  return value;
}

export const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A patch without the relations to some records, and what was left out. */
export function withhold(patch: PatchFields, ids: readonly string[]): { sent: PatchFields; kept: PatchFields } {
  const entries = Object.entries(patch);
  const isKept = ([name, value]: [string, unknown]) => name.endsWith('Id') && ids.includes(value as string);
  return {
    sent: Object.fromEntries(entries.filter((entry) => !isKept(entry))),
    kept: Object.fromEntries(entries.filter(isKept)),
  };
}
