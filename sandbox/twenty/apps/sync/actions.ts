import type { EntityChange } from './diff.ts';

/** One line of the plan, as syncApplication answers it (Twenty 2.21, measured; ids and counters are left out). */
export function describeChange(change: EntityChange): object {
  if (change.type === 'create') {
    return { type: 'create', metadataName: change.after.kind, flatEntity: change.after.definition };
  }
  const { kind: metadataName, universalIdentifier } = change.before;
  if (change.type === 'delete') {
    return { type: 'delete', metadataName, universalIdentifier, flatEntity: change.before.definition };
  }
  const { before, after, changed } = change;
  return {
    type: 'update',
    metadataName,
    universalIdentifier,
    update: Object.fromEntries(changed.map((key) => [key, after.definition[key]])),
    flatEntity: after.definition,
    diff: Object.fromEntries(
      changed.map((key) => [key, { before: before.definition[key] ?? null, after: after.definition[key] ?? null }]),
    ),
  };
}
