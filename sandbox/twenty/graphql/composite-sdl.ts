import { ACTOR_SOURCES, COMPOSITES, type CompositePart, type CompositeType } from '../values/composites.ts';

/** Names of the composite types in the introspection. */
export const COMPOSITE_NAMES: Readonly<Record<CompositeType, string>> = {
  ACTOR: 'Actor',
  ADDRESS: 'Address',
  CURRENCY: 'Currency',
  EMAILS: 'Emails',
  FULL_NAME: 'FullName',
  LINKS: 'Links',
  PHONES: 'Phones',
  RICH_TEXT: 'RichText',
};

const PART_TYPES = {
  text: ['String', 'StringFilter'],
  email: ['String', 'StringFilter'],
  number: ['BigFloat', 'BigFloatFilter'],
  uuid: ['UUID', 'UUIDFilter'],
  json: ['JSON', 'RawJsonFilter'],
  list: ['JSON', 'RawJsonFilter'],
  actorSource: ['ActorSourceEnum', 'ActorSourceEnumFilter'],
} as const satisfies Record<CompositePart['kind'], readonly [string, string]>;

const FILTER_IS = 'is: FilterIs';

function comparisons(type: string, item = `${type}!`): string {
  return `eq: ${type} gt: ${type} gte: ${type} in: [${item}] lt: ${type} lte: ${type} neq: ${type} ${FILTER_IS}`;
}

/** Types that do not depend on the objects: filters, composites, scalars. */
export const SHARED_SDL: string = `
  scalar JSON scalar BigFloat scalar UUID scalar DateTime scalar Position scalar TSVector scalar Cursor
  scalar ConnectionCursor scalar Date scalar BigInt
  type PageInfo { startCursor: ConnectionCursor endCursor: ConnectionCursor hasNextPage: Boolean! hasPreviousPage: Boolean! }
  enum OrderByDirection { AscNullsFirst AscNullsLast DescNullsFirst DescNullsLast }
  enum FilterIs { NULL NOT_NULL }
  enum DateGranularityEnum { DAY MONTH QUARTER YEAR WEEK DAY_OF_THE_WEEK MONTH_OF_THE_YEAR QUARTER_OF_THE_YEAR NONE }
  enum FirstDayOfTheWeek { MONDAY SATURDAY SUNDAY }
  enum ActorSourceEnum { ${ACTOR_SOURCES.join(' ')} }
  input OrderByDateGranularityInput { orderBy: OrderByDirection granularity: DateGranularityEnum }
  input GroupByDateGranularityInput { granularity: DateGranularityEnum weekStartDay: FirstDayOfTheWeek timeZone: String }
  input UUIDFilter { ${comparisons('UUID', 'UUID')} }
  input StringFilter { ${comparisons('String')} startsWith: String endsWith: String like: String ilike: String regex: String iregex: String }
  input FloatFilter { ${comparisons('Float')} }
  input IntFilter { ${comparisons('Int')} }
  input BigFloatFilter { ${comparisons('BigFloat')} }
  input DateFilter { ${comparisons('Date')} }
  input DateTimeFilter { ${comparisons('DateTime')} }
  input BooleanFilter { eq: Boolean ${FILTER_IS} }
  input RawJsonFilter { ${FILTER_IS} like: String }
  input ArrayFilter { containsIlike: String ${FILTER_IS} isEmptyArray: Boolean }
  input TSVectorFilter { search: String }
  type FileObject { fileId: UUID! label: String! extension: String url: String }
  input FileItemInput { fileId: UUID! label: String! }
  ${enumFilterSdl('ActorSourceEnum')}
  ${Object.entries(COMPOSITES)
    .map(([type, parts]) => compositeSdl(COMPOSITE_NAMES[type as CompositeType], parts))
    .join('\n')}
`;

export function enumFilterSdl(name: string): string {
  return `input ${name}Filter { eq: ${name} neq: ${name} in: [${name}] containsAny: [${name}] ${FILTER_IS} isEmptyArray: Boolean }`;
}

function compositeSdl(name: string, parts: readonly CompositePart[]): string {
  const list = (typeOf: (part: CompositePart) => string) =>
    parts.map((part) => `${part.name}: ${typeOf(part)}`).join(' ');
  const valueOf = (part: CompositePart) => PART_TYPES[part.kind][0];
  const writable = name === 'Actor' ? 'source: ActorSourceEnum context: JSON' : list(valueOf);
  const groupable = parts.filter((part) => part.kind !== 'list' && part.kind !== 'json');
  return `
    type ${name} { ${list(valueOf)} }
    input ${name}CreateInput { ${writable} }
    input ${name}UpdateInput { ${writable} }
    input ${name}FilterInput { ${list((part) => PART_TYPES[part.kind][1])} }
    input ${name}OrderByInput { ${list(() => 'OrderByDirection')} }
    input ${name}GroupByInput { ${groupable.map((part) => `${part.name}: Boolean`).join(' ')} }`;
}
