import { buildSchema, GraphQLScalarType, type GraphQLSchema } from 'graphql';
import type { MetadataModule } from './module.ts';

/** Types that several areas share. Every area adds its own with `extend type Query` and `extend type Mutation`. */
const SHARED = /* GraphQL */ `
  scalar UUID
  scalar DateTime
  scalar JSON
  scalar JSONObject
  scalar Upload

  type Query
  type Mutation

  input CursorPaging {
    before: String
    after: String
    first: Int
    last: Int
  }

  type PageInfo {
    startCursor: String
    endCursor: String
    hasNextPage: Boolean!
    hasPreviousPage: Boolean!
  }
`;

export function buildMetadataSchema(modules: readonly MetadataModule[]): GraphQLSchema {
  const schema = buildSchema([SHARED, ...modules.map((module) => module.typeDefs)].join('\n'));
  const dateTime = schema.getType('DateTime');
  if (dateTime instanceof GraphQLScalarType) {
    dateTime.serialize = (value) => (value instanceof Date ? value.toISOString() : value);
  }
  return schema;
}
