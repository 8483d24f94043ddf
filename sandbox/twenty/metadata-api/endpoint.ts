import { execute, parse, validate, GraphQLError, type DocumentNode, type GraphQLSchema } from 'graphql';
import { GraphqlError } from '../errors.ts';
import type { RequestContext } from '../server.ts';
import type { MetadataModule, MetadataResolver } from './module.ts';
import { isPublic } from '../auth/public-operations.ts';
import { buildMetadataSchema } from './schema.ts';

export type GraphqlRequest = { query: string; variables?: Record<string, unknown>; operationName?: string };
export type GraphqlAnswer = { status: number; body: unknown };

/** Runs requests of /metadata: ordinary GraphQL with validation, unlike the record operations of /graphql. */
export function createMetadataEndpoint(modules: readonly MetadataModule[]) {
  const schema = buildMetadataSchema(modules);
  const root: Record<string, MetadataResolver> = Object.assign(
    {},
    ...modules.flatMap((module) => [module.queries, module.mutations]),
  );
  return async (request: GraphqlRequest, context: RequestContext): Promise<GraphqlAnswer> => {
    const document = parseOrErrors(schema, request.query);
    if (!('kind' in document)) return { status: 200, body: { errors: document.map(formatError) } };
    // A bad token is refused before anything is executed, so the answer has no `data` (Twenty 2.21, measured).
    if (context.authError instanceof GraphqlError && !isPublic(document)) {
      return { status: 200, body: { errors: [describeError(context.authError)] } };
    }
    const result = await execute({
      schema,
      document,
      rootValue: root,
      contextValue: context,
      variableValues: request.variables ?? null,
      operationName: request.operationName ?? null,
    });
    // Without `data` nothing was executed: a variable did not fit its type, which Twenty 2.21 answers with 400 (measured).
    if (result.data === undefined) return { status: 400, body: { errors: result.errors?.map(wrongVariable) } };
    return {
      status: 200,
      body: result.errors === undefined ? result : { ...result, errors: result.errors.map(formatError) },
    };
  };
}

function parseOrErrors(schema: GraphQLSchema, query: string): DocumentNode | readonly GraphQLError[] {
  try {
    const document = parse(query);
    const errors = validate(schema, document);
    return errors.length > 0 ? errors : document;
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}

function wrongVariable(error: GraphQLError): object {
  const extensions = { http: { status: 400 }, code: 'BAD_USER_INPUT', userFriendlyMessage: 'An error occurred.' };
  return { message: error.message, extensions };
}

/** Resolver errors have a code and no path or locations, validation errors locations and no code (measured). */
export function formatError(error: GraphQLError): object {
  const cause = error.originalError;
  if (cause instanceof GraphqlError) return describeError(cause);
  if (cause !== undefined) return { message: cause.message, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
  return { message: error.message, locations: error.locations };
}

function describeError(error: GraphqlError): object {
  return { message: error.message, extensions: error.extensions };
}
