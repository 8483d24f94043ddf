import { isObject } from '../records/arguments.ts';
import type { Selection } from '../records/selection.ts';
import { objectById, type Session, shapeOf } from '../records/session.ts';
import type { ObjectMetadata } from '../types.ts';

/** Everything the caller may read of an object; with depth 1 also its direct relations. What is hidden is left out. */
export function fullSelection(session: Session, object: ObjectMetadata, depth: number): Selection {
  const selection: Selection = new Map();
  for (const member of shapeOf(session.model, object).members.values()) {
    if (!session.permissions.canReadField(member.field)) continue;
    if (member.kind === 'composite') {
      selection.set(member.name, new Map(member.parts.map(({ part }) => [part.name, null])));
    } else if (member.kind === 'scalar' || member.kind === 'key') {
      selection.set(member.name, null);
    } else if (depth > 0) {
      const target = objectById(session.model, member.end.targetObjectId);
      if (!session.permissions.can('read', target)) continue;
      const below = fullSelection(session, target, 0);
      selection.set(member.name, member.kind === 'one' ? below : new Map([['edges', new Map([['node', below]])]]));
    }
  }
  return selection;
}

/** REST shows one-to-many relations as plain lists. */
export function withoutConnections(record: unknown): unknown {
  if (!isObject(record)) return record;
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => {
      const edges = isObject(value) ? value['edges'] : undefined;
      return [name, Array.isArray(edges) ? edges.map((edge: { node: unknown }) => edge.node) : value];
    }),
  );
}
