import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  type SelectionSetNode,
} from 'graphql';
import { GraphqlError, TooManyRequests } from '../errors.ts';
import { formatError } from '../metadata-api/endpoint.ts';
import { readArguments } from '../records/arguments.ts';
import { runOperation } from '../records/run.ts';
import { type Fragments, readSelection } from '../records/selection.ts';
import { openSession } from '../records/open-session.ts';
import { translateDatabaseError } from '../records/write/database-errors.ts';
import type { Operation } from '../records/operations.ts';
import type { RequestContext } from '../server.ts';
import type { AuthContext, Model } from '../types.ts';
import { runCore } from './core.ts';

export type GraphqlRequest = { query: string; variables?: Record<string, unknown>; operationName?: string };
export type GraphqlAnswer = { status: number; body: unknown };

const MAX_ROOT_FIELDS = 20;

/** Answers a request to /graphql: record operations by Twenty's own rules, everything else as ordinary GraphQL. */
export async function runGraphql(request: GraphqlRequest, context: RequestContext): Promise<GraphqlAnswer> {
  if (context.authError !== undefined) return ok({ errors: [errorBody(context.authError)] });
  const document = parseDocument(request.query);
  if (document instanceof GraphQLError) return ok({ errors: [formatError(document)] });
  const operation = chooseOperation(document, request.operationName);
  if (operation === undefined) {
    const message = 'GraphQLError: Must provide operation name when document contains multiple operations.';
    return { status: 500, body: message };
  }
  const { auth, server } = context;
  if (auth === undefined) return ok(await runCore(request, document, context, undefined));
  const model = await server.models.get(auth.workspaceId);
  const fields = rootFields(operation.selectionSet, fragmentsOf(document));
  const known = model.operations[operation.operation === OperationTypeNode.MUTATION ? 'mutation' : 'query'];
  const count = fields.filter((field) => known.has(field.name.value)).length;
  if (count === 0) return ok(await runCore(request, document, context, model));
  if (count < fields.length) {
    const message = 'This query cannot be executed as a single request. Please split it into separate queries.';
    return ok({ errors: [badRequest(message)] });
  }
  return ok(await runRecordFields(fields, known, request, document, { ...context, auth }, model));
}

type Known = ReadonlyMap<string, Operation>;

/** All root fields at once and without a common transaction; each failure leaves null and an error without a path. */
async function runRecordFields(
  fields: readonly FieldNode[],
  known: Known,
  request: GraphqlRequest,
  document: DocumentNode,
  context: RequestContext & { auth: AuthContext },
  model: Model,
): Promise<object> {
  const refusal = refusalOf(fields);
  if (refusal !== undefined) return { data: {}, errors: [badRequest(refusal)] };
  const errors: object[] = [];
  const fragments = fragmentsOf(document);
  const entries = await Promise.all(
    fields.map(async (field) => {
      const key = field.alias?.value ?? field.name.value;
      try {
        return [key, await runField(field, known, request, fragments, context, model)];
      } catch (error) {
        if (error instanceof TooManyRequests) throw error;
        errors.push(errorBody(error));
        return [key, null];
      }
    }),
  );
  const data = Object.fromEntries(entries);
  return errors.length === 0 ? { data } : { data, errors };
}

async function runField(
  field: FieldNode,
  known: Known,
  request: GraphqlRequest,
  fragments: Fragments,
  context: RequestContext & { auth: AuthContext },
  model: Model,
): Promise<unknown> {
  const operation = known.get(field.name.value);
  if (operation === undefined) throw new Error(`${field.name.value} is no record operation`);
  await context.server.rateLimit.take(context.auth);
  const session = await openSession(context.server, context.auth, model);
  const args = readArguments(field, request.variables ?? {});
  return runOperation(session, operation, args, readSelection(field.selectionSet, fragments));
}

function refusalOf(fields: readonly FieldNode[]): string | undefined {
  if (fields.length > MAX_ROOT_FIELDS) {
    const maximum = `Maximum allowed root resolvers: ${MAX_ROOT_FIELDS}`;
    return `Query too complex - Too many root resolvers requested: ${fields.length} - ${maximum}`;
  }
  const names = fields.map((field) => field.name.value);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  return repeated === undefined ? undefined : `Duplicate root resolver: "${repeated}"`;
}

function parseDocument(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

function chooseOperation(document: DocumentNode, name: string | undefined): OperationDefinitionNode | undefined {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (operations.length === 1) return operations[0];
  return operations.find((operation) => operation.name?.value === name && name !== undefined);
}

function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
}

function rootFields(set: SelectionSetNode, fragments: Fragments): FieldNode[] {
  return set.selections.flatMap((node) => {
    if (node.kind === Kind.FIELD) return [node];
    const inner = node.kind === Kind.INLINE_FRAGMENT ? node.selectionSet : fragments.get(node.name.value)?.selectionSet;
    return inner === undefined ? [] : rootFields(inner, fragments);
  });
}

function errorBody(error: unknown): object {
  const translated = translateDatabaseError(error);
  if (translated instanceof GraphqlError) return { message: translated.message, extensions: translated.extensions };
  const message = translated instanceof Error ? translated.message : String(translated);
  return { message, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
}

function badRequest(message: string): object {
  return { message, extensions: { code: 'BAD_USER_INPUT' } };
}

function ok(body: unknown): GraphqlAnswer {
  return { status: 200, body };
}
