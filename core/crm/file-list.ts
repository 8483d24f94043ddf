/** An entry of a FILES field, as it is written. */
type FileEntry = { readonly fileId: string; readonly label: string };

/**
 * A patch of a FILES field that adds to what is there. Twenty replaces the list as a whole and destroys the files that are
 * missing from it (2.21, measured), so that a list made without looking would destroy what people put there.
 */
export type FileAddition = { readonly add: readonly FileEntry[] };

/** @param type of the field: a RAW_JSON value may look the same */
export const isFileAddition = (type: string | undefined, value: unknown): value is FileAddition =>
  type === 'FILES' && typeof value === 'object' && value !== null && 'add' in value && Array.isArray(value.add);

/** Two patches of one field as one. @param earlier a list, an addition, or nothing */
export function joinFiles(earlier: unknown, { add }: FileAddition): FileAddition | FileEntry[] {
  if (isFileAddition('FILES', earlier)) return { add: [...earlier.add, ...add] };
  return Array.isArray(earlier) ? addFiles(earlier, { add }) : { add };
}

/** @param present as Twenty answers it. The same file twice is there once. */
export function addFiles(present: unknown, { add }: FileAddition): FileEntry[] {
  const there = (Array.isArray(present) ? (present as FileEntry[]) : []).map(({ fileId, label }) => ({
    fileId,
    label,
  }));
  const byId = new Map([...there, ...add].map((entry) => [entry.fileId, entry]));
  return [...byId.values()];
}
