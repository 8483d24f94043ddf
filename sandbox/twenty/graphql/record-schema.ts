import { buildSchema, type GraphQLSchema } from 'graphql';
import { indexColumns } from '../metadata/tables.ts';
import { objectById } from '../records/session.ts';
import type { Member } from '../records/shape.ts';
import type { FieldMetadata, Model, ObjectMetadata } from '../types.ts';
import { isComposite, partColumn, upperFirst } from '../values/composites.ts';
import { COMPOSITE_NAMES, enumFilterSdl, SHARED_SDL } from './composite-sdl.ts';

/** The schema that introspection shows, made from the metadata. Nothing is executed against it. */
export function buildRecordSchema(model: Model): GraphQLSchema {
  const objects = model.objects.filter((object) => object.isActive);
  return buildSchema(
    [
      SHARED_SDL,
      `type Query { ${objects.map(queriesSdl).join('\n')} }`,
      `type Mutation { ${objects.map(mutationsSdl).join('\n')} }`,
      ...objects.map((object) => objectSdl(model, object)),
    ].join('\n'),
    { assumeValidSDL: true },
  );
}

function queriesSdl(object: ObjectMetadata): string {
  const type = upperFirst(object.nameSingular);
  const duplicates =
    object.duplicateCriteria === null
      ? ''
      : `${object.nameSingular}Duplicates(ids: [UUID], data: [${type}CreateInput]): [${type}Connection!]`;
  return `
    ${object.namePlural}${connectionArguments(type)}: ${type}Connection
    ${object.nameSingular}(filter: ${type}FilterInput!): ${type}
    ${duplicates}
    ${object.namePlural}GroupBy(groupBy: [${type}GroupByInput!]!, filter: ${type}FilterInput,
      orderBy: [${type}OrderByWithGroupByInput], orderByForRecords: [${type}OrderByInput], viewId: UUID, limit: Int,
      offsetForRecords: Int): [${type}GroupByConnection!]`;
}

function mutationsSdl(object: ObjectMetadata): string {
  const type = upperFirst(object.nameSingular);
  const many = upperFirst(object.namePlural);
  const removals = ['delete', 'destroy', 'restore'].map(
    (verb) => `${verb}${type}(id: UUID!): ${type} ${verb}${many}(filter: ${type}FilterInput!): [${type}!]`,
  );
  return `
    create${many}(data: [${type}CreateInput!]!, upsert: Boolean): [${type}!]
    create${type}(data: ${type}CreateInput!, upsert: Boolean): ${type}
    update${type}(id: UUID!, data: ${type}UpdateInput!): ${type}
    update${many}(data: ${type}UpdateInput!, filter: ${type}FilterInput!): [${type}!]
    ${removals.join('\n')}`;
}

function objectSdl(model: Model, object: ObjectMetadata): string {
  const type = upperFirst(object.nameSingular);
  const members = [...(model.shapes.get(object.id)?.members.values() ?? [])];
  const list = (line: (member: Member) => string) =>
    members
      .map(line)
      .filter((text) => text !== '')
      .join('\n');
  const aggregates = `totalCount: Int ${members.map(aggregatesSdl).join(' ')}`;
  const edges = `edges: [${type}Edge!]! pageInfo: PageInfo!`;
  const input = (kind: 'Create' | 'Update') => list((member) => inputSdl(model, object, member, kind));
  return `
    type ${type} { ${list((member) => outputSdl(model, object, member))} }
    type ${type}Connection { ${aggregates} ${edges} }
    type ${type}Edge { node: ${type}! cursor: Cursor! }
    type ${type}GroupByConnection { ${aggregates} ${edges} groupByDimensionValues: JSON! }
    input ${type}CreateInput { ${input('Create')} }
    input ${type}UpdateInput { ${input('Update')} }
    input ${type}FilterInput { ${list((member) => filterSdl(model, object, member))}
      and: [${type}FilterInput] or: [${type}FilterInput] not: ${type}FilterInput }
    input ${type}OrderByInput { ${list((member) => orderSdl(model, member, 'OrderByInput'))} }
    input ${type}OrderByWithGroupByInput { aggregate: ${type}OrderByWithGroupByAggregateInput
      ${list((member) => orderSdl(model, member, 'OrderByWithGroupByInput'))} }
    input ${type}OrderByWithGroupByAggregateInput { ${aggregates.replaceAll(/: \w+/g, ': OrderByDirection')} }
    input ${type}GroupByInput { ${list((member) => groupBySdl(model, member))} }
    input ${type}RelationInput { connect: ${type}ConnectInput disconnect: Boolean }
    input ${type}ConnectInput { where: ${type}WhereUniqueInput }
    ${uniqueSdl(object, type)}
    ${members.map((member) => enumSdl(object, member)).join('\n')}`;
}

const SCALARS: Readonly<Record<string, readonly [string, string]>> = {
  ARRAY: ['[String]', 'ArrayFilter'],
  BOOLEAN: ['Boolean', 'BooleanFilter'],
  DATE: ['Date', 'DateFilter'],
  DATE_TIME: ['DateTime', 'DateTimeFilter'],
  FILES: ['[FileObject]', 'RawJsonFilter'],
  NUMBER: ['Float', 'FloatFilter'],
  NUMERIC: ['BigFloat', 'BigFloatFilter'],
  POSITION: ['Position', 'FloatFilter'],
  RAW_JSON: ['JSON', 'RawJsonFilter'],
  TEXT: ['String', 'StringFilter'],
  TS_VECTOR: ['TSVector', 'TSVectorFilter'],
  UUID: ['UUID', 'UUIDFilter'],
};

/** Output type and filter type of a scalar field. */
function scalarTypes(object: ObjectMetadata, field: FieldMetadata): readonly [string, string] {
  if (field.options !== null) {
    const name = enumTypeName(object, field);
    return [field.type === 'MULTI_SELECT' ? `[${name}]` : name, `${name}Filter`];
  }
  if (field.type === 'NUMBER' && field.settings?.['dataType'] === 'int') return ['Int', 'IntFilter'];
  return SCALARS[field.type] ?? ['String', 'StringFilter'];
}

function enumTypeName(object: ObjectMetadata, field: FieldMetadata): string {
  return `${upperFirst(object.nameSingular)}${upperFirst(field.name)}Enum`;
}

function enumSdl(object: ObjectMetadata, { kind, field }: Member): string {
  if (kind !== 'scalar' || field.options === null) return '';
  const name = enumTypeName(object, field);
  return `enum ${name} { ${field.options.map((option) => option.value).join(' ')} } ${enumFilterSdl(name)}`;
}

function targetType(model: Model, member: Extract<Member, { kind: 'one' | 'many' }>): string {
  return upperFirst(objectById(model, member.end.targetObjectId).nameSingular);
}

function connectionArguments(type: string): string {
  return `(first: Int, last: Int, offset: Int, before: String, after: String, filter: ${type}FilterInput, orderBy: [${type}OrderByInput])`;
}

function outputSdl(model: Model, object: ObjectMetadata, member: Member): string {
  const { name, field } = member;
  const required = field.isNullable ? '' : '!';
  if (member.kind === 'key') return `${name}: ID${required}`;
  if (member.kind === 'one') return `${name}: ${targetType(model, member)}`;
  if (member.kind === 'many') {
    const type = targetType(model, member);
    return `${name}${connectionArguments(type)}: ${type}Connection`;
  }
  if (isComposite(field.type)) return `${name}: ${COMPOSITE_NAMES[field.type]}${required}`;
  return `${name}: ${scalarTypes(object, field)[0]}${required}`;
}

function inputSdl(model: Model, object: ObjectMetadata, member: Member, kind: 'Create' | 'Update'): string {
  const { name, field } = member;
  if (member.kind === 'many') return '';
  if (member.kind === 'key' || name === 'id') return `${name}: ID`;
  if (member.kind === 'one') return `${name}: ${targetType(model, member)}RelationInput`;
  if (isComposite(field.type)) return `${name}: ${COMPOSITE_NAMES[field.type]}${kind}Input`;
  if (field.type === 'FILES') return `${name}: [FileItemInput]`;
  const isRequired = kind === 'Create' && field.type === 'UUID' && !field.isNullable && field.defaultValue === null;
  return `${name}: ${scalarTypes(object, field)[0]}${isRequired ? '!' : ''}`;
}

function filterSdl(model: Model, object: ObjectMetadata, member: Member): string {
  const { name, field } = member;
  if (member.kind === 'many') return '';
  if (member.kind === 'key') return `${name}: UUIDFilter`;
  if (member.kind === 'one') return `${name}: ${targetType(model, member)}FilterInput`;
  if (isComposite(field.type)) return `${name}: ${COMPOSITE_NAMES[field.type]}FilterInput`;
  return `${name}: ${scalarTypes(object, field)[1]}`;
}

function orderSdl(model: Model, member: Member, suffix: 'OrderByInput' | 'OrderByWithGroupByInput'): string {
  const { name, field } = member;
  if (member.kind === 'many') return '';
  if (member.kind === 'one') return `${name}: ${targetType(model, member)}${suffix}`;
  if (member.kind === 'composite' && isComposite(field.type))
    return `${name}: ${COMPOSITE_NAMES[field.type]}OrderByInput`;
  const isDate = field.type === 'DATE' || field.type === 'DATE_TIME';
  return `${name}: ${isDate && suffix === 'OrderByWithGroupByInput' ? 'OrderByDateGranularityInput' : 'OrderByDirection'}`;
}

const UNGROUPABLE = new Set(['ACTOR', 'FILES', 'POSITION', 'RAW_JSON', 'TS_VECTOR']);

function groupBySdl(model: Model, member: Member): string {
  const { name, field } = member;
  if (member.kind === 'many' || member.kind === 'key' || UNGROUPABLE.has(field.type)) return '';
  if (name === 'id' || name === 'deletedAt') return '';
  if (member.kind === 'one') return `${name}: ${targetType(model, member)}GroupByInput`;
  if (isComposite(field.type)) return `${name}: ${COMPOSITE_NAMES[field.type]}GroupByInput`;
  const isDate = field.type === 'DATE' || field.type === 'DATE_TIME';
  return `${name}: ${isDate ? 'GroupByDateGranularityInput' : 'Boolean'}`;
}

function aggregatesSdl({ kind, name, field }: Member): string {
  if (kind !== 'scalar' && kind !== 'composite') return '';
  const suffix = upperFirst(name);
  const counts = ['countUniqueValues', 'countEmpty', 'countNotEmpty'].map((prefix) => `${prefix}${suffix}: Int`);
  const shares = ['percentageEmpty', 'percentageNotEmpty'].map((prefix) => `${prefix}${suffix}: Float`);
  return [...counts, ...shares, ...typeAggregates(field.type, suffix)].join(' ');
}

function typeAggregates(type: string, suffix: string): string[] {
  const numbers = (name: string) => ['min', 'max', 'avg', 'sum'].map((prefix) => `${prefix}${name}: Float`);
  switch (type) {
    case 'NUMBER':
    case 'NUMERIC':
      return numbers(suffix);
    case 'CURRENCY':
      return numbers(`${suffix}AmountMicros`);
    case 'BOOLEAN':
      return [`countTrue${suffix}: Int`, `countFalse${suffix}: Int`];
    case 'DATE':
    case 'DATE_TIME':
      return ['min', 'max'].map((prefix) => `${prefix}${suffix}: ${SCALARS[type]?.[0]}`);
    default:
      return [];
  }
}

function uniqueSdl(object: ObjectMetadata, type: string): string {
  const unique = object.fields.filter((field) => field.isUnique);
  const parts = unique.filter((field) => isComposite(field.type)).map((field) => uniquePartsSdl(object, type, field));
  const lines = unique.map((field) =>
    isComposite(field.type) ? `${field.name}: ${type}${upperFirst(field.name)}WhereInput` : `${field.name}: String`,
  );
  return `input ${type}WhereUniqueInput { id: ID ${lines.join(' ')} } ${parts.join('\n')}`;
}

function uniquePartsSdl(object: ObjectMetadata, type: string, field: FieldMetadata): string {
  const columns = object.indexes.filter((index) => index.isUnique).flatMap((index) => indexColumns(object, index));
  const parts = columns.filter((column) => column.startsWith(field.name) && column !== field.name);
  const names = parts.map((column) => {
    const part = column.slice(field.name.length);
    return part.charAt(0).toLowerCase() + part.slice(1);
  });
  const lines = names.filter((name) => columns.includes(partColumn(field.name, name))).map((name) => `${name}: String`);
  return `input ${type}${upperFirst(field.name)}WhereInput { ${lines.length === 0 ? '_: String' : lines.join(' ')} }`;
}
