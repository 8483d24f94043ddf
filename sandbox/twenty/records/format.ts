import type { ObjectMetadata } from '../types.ts';
import type { Session } from './session.ts';
import { type Row, shapeOf } from './session.ts';
import type { Member } from './shape.ts';

/** Values of a record as answers show them: unset texts as '', unset lists as [], times as ISO text in UTC. */
export function formatValue(member: Member, row: Row): unknown {
  switch (member.kind) {
    case 'scalar':
      return formatScalar(member.field.type, row[member.column.name]);
    case 'key':
      return row[member.column.name] ?? null;
    case 'composite':
      return Object.fromEntries(
        member.parts.map(({ part, column }) => [part.name, formatPart(member, part.name, row[column.name])]),
      );
    default:
      return undefined;
  }
}

/** One part of a composite; undefined when it has no such part. */
export function formatPartNamed(member: Extract<Member, { kind: 'composite' }>, name: string, row: Row): unknown {
  const found = member.parts.find(({ part }) => part.name === name);
  return found === undefined ? undefined : formatPart(member, name, row[found.column.name]);
}

/** The whole record without its relations, as webhooks and REST show it. */
export function formatRecord(model: Session['model'], object: ObjectMetadata, row: Row): Record<string, unknown> {
  const members = [...shapeOf(model, object).members.values()].filter(
    (member) => member.kind !== 'one' && member.kind !== 'many',
  );
  return Object.fromEntries(members.map((member) => [member.name, formatValue(member, row)]));
}

function formatScalar(type: string, value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (value !== null && value !== undefined) return value;
  if (type === 'TEXT') return '';
  return type === 'MULTI_SELECT' || type === 'ARRAY' ? [] : null;
}

/** Parts that read as null when unset, although they are texts (Twenty 2.21, measured). */
const NULL_TEXTS = new Set(['currencyCode', 'blocknote']);

function formatPart(member: Extract<Member, { kind: 'composite' }>, name: string, value: unknown): unknown {
  if (value !== null && value !== undefined) return value;
  const kind = member.parts.find(({ part }) => part.name === name)?.part.kind;
  if (kind === 'list') return [];
  return (kind === 'text' || kind === 'email') && !NULL_TEXTS.has(name) ? '' : null;
}
