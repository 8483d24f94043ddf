import { isDeepStrictEqual } from 'node:util';
import { METADATA_KINDS, type Entity } from '../manifest/entities.ts';

/** What changes: `before` is absent for a new entity, `after` for one that goes. */
export type EntityChange =
  | { type: 'create'; after: Entity }
  | { type: 'update'; before: Entity; after: Entity; changed: string[] }
  | { type: 'delete'; before: Entity };

/** Changes that lead from one state to the other: deletions first, children before parents; then parents first. */
export function diff(before: readonly Entity[], after: readonly Entity[]): EntityChange[] {
  const old = new Map(before.map((entity) => [keyOf(entity), entity]));
  const kept = new Set(after.map(keyOf));
  const deletions = before.filter((entity) => !kept.has(keyOf(entity))).toSorted((a, b) => rank(b) - rank(a));
  const rest = after
    .toSorted((a, b) => rank(a) - rank(b))
    .flatMap((entity) => changeOf(old.get(keyOf(entity)), entity));
  return [...deletions.map((entity): EntityChange => ({ type: 'delete', before: entity })), ...rest];
}

function changeOf(before: Entity | undefined, after: Entity): EntityChange[] {
  if (before === undefined) return [{ type: 'create', after }];
  const keys = new Set([...Object.keys(before.definition), ...Object.keys(after.definition)]);
  const changed = [...keys].filter(
    (key) => !isIgnored(after, key) && !isDeepStrictEqual(before.definition[key], after.definition[key]),
  );
  return changed.length === 0 ? [] : [{ type: 'update', before, after, changed }];
}

/** A changed field type is not seen as a change (Twenty 2.21, measured). */
function isIgnored(entity: Entity, key: string): boolean {
  return entity.kind === 'fieldMetadata' && key === 'type';
}

function keyOf(entity: Entity): string {
  return `${entity.kind}:${entity.universalIdentifier}`;
}

function rank(entity: Entity): number {
  return METADATA_KINDS.indexOf(entity.kind);
}
