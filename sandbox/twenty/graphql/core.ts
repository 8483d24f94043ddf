import {
  buildSchema,
  type DocumentNode,
  execute,
  type GraphQLError,
  Kind,
  OperationTypeNode,
  type GraphQLSchema,
  validate,
} from 'graphql';
import { formatError } from '../metadata-api/endpoint.ts';
import { openSession } from '../records/open-session.ts';
import type { RequestContext } from '../server.ts';
import type { Model } from '../types.ts';
import type { GraphqlRequest } from './endpoint.ts';
import { search } from './search.ts';

/** What /graphql offers besides records. Missing from the introspection, as in Twenty 2.21 (measured). */
const CORE = buildSchema(/* GraphQL */ `
  type Query {
    search(
      searchInput: String!
      limit: Int!
      after: String
      includedObjectNameSingulars: [String!]
      excludedObjectNameSingulars: [String!]
      filter: ObjectRecordFilterInput
    ): SearchResultConnection!
  }

  type Mutation {
    _: Boolean
  }

  scalar UUID

  input ObjectRecordFilterInput {
    and: [ObjectRecordFilterInput!]
  }

  type SearchResultConnection {
    edges: [SearchResultEdge!]!
    pageInfo: SearchResultPageInfo!
  }

  type SearchResultEdge {
    node: SearchRecord!
    cursor: String!
  }

  type SearchResultPageInfo {
    endCursor: String
    hasNextPage: Boolean!
  }

  type SearchRecord {
    recordId: UUID!
    objectNameSingular: String!
    objectLabelSingular: String!
    label: String!
    imageUrl: String
    tsRankCD: Float!
    tsRank: Float!
  }
`);

/** Without a login there is nothing to query. */
const NOTHING = buildSchema('type Query { _: Boolean } type Mutation { _: Boolean }');

/** Runs a request without record operations; `model` is absent when nobody is logged in. */
export async function runCore(
  request: GraphqlRequest,
  document: DocumentNode,
  context: RequestContext,
  model: Model | undefined,
): Promise<object> {
  const schema = schemaFor(request.query, model);
  const refusals = validate(schema, document);
  if (refusals.length > 0) return { errors: refusals.map(withoutSuggestion) };
  const result = await execute({
    schema,
    document,
    rootValue: { search: (args: Parameters<typeof search>[1]) => runSearch(context, model, args) },
    variableValues: request.variables ?? null,
    operationName: request.operationName ?? null,
  });
  if (result.errors === undefined) return result;
  const errors = result.errors.map(formatError);
  // A subscription is refused before anything is executed, so there is no data.
  const isRefused = document.definitions.some(
    (definition) =>
      definition.kind === Kind.OPERATION_DEFINITION && definition.operation === OperationTypeNode.SUBSCRIPTION,
  );
  return isRefused ? { errors } : { errors, data: result.data };
}

function schemaFor(query: string, model: Model | undefined): GraphQLSchema {
  if (model === undefined) return NOTHING;
  return /__schema|__type\b/.test(query) ? model.recordSchema() : CORE;
}

async function runSearch(context: RequestContext, model: Model | undefined, args: Parameters<typeof search>[1]) {
  const { auth, server } = context;
  if (auth === undefined || model === undefined) throw new Error('search without a login');
  return search(await openSession(server, auth, model), args);
}

function withoutSuggestion(error: GraphQLError): object {
  return { message: error.message.replace(/ Did you mean .*$/s, ''), locations: error.locations };
}
