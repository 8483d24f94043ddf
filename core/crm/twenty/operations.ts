import { pascal, selectionOf } from '../schema.ts';
import type { ObjectSchema } from '../schema.ts';
import type { Request } from './client.ts';

/** The requests that the gateway makes. It never deletes, restores or destroys. */

type Row = Readonly<Record<string, unknown>>;

export type RecordRow = Row & { readonly id: string; readonly updatedAt: string; readonly deletedAt: string | null };

/** Up to 200 rows; each is created or updated by its id or a unique field. */
export function upsertRequest(
  object: ObjectSchema,
  rows: readonly Row[],
  selection: string,
): Request & { field: string } {
  const field = `create${pascal(object.plural)}`;
  const type = `[${pascal(object.name)}CreateInput!]!`;
  return {
    field,
    query: `mutation($data:${type}){${field}(data:$data,upsert:true){${selection}}}`,
    variables: { data: rows },
    timeoutMs: 60_000,
  };
}

export function createOneRequest(object: ObjectSchema, row: Row): Request {
  const name = pascal(object.name);
  return { query: `mutation($data:${name}CreateInput!){create${name}(data:$data){id}}`, variables: { data: row } };
}

export function updateOneRequest(
  object: ObjectSchema,
  id: string,
  data: Row,
  selection = 'id',
): Request & { field: string } {
  const name = pascal(object.name);
  const field = `update${name}`;
  const query = `mutation($id:UUID!,$data:${name}UpdateInput!){${field}(id:$id,data:$data){${selection}}}`;
  return { field, query, variables: { id, data } };
}

export type PageOptions = {
  readonly fields: Iterable<string>;
  readonly filter: Row;
  readonly first: number;
  readonly after?: string | undefined;
  readonly count?: boolean;
};

/** One page in the order of ids: the only order in which no row is lost (Twenty 2.21, measured). */
export function pageRequest(object: ObjectSchema, { fields, filter, first, after, count }: PageOptions): Request {
  const type = `${pascal(object.name)}FilterInput`;
  const total = count === true ? 'totalCount ' : '';
  return {
    query:
      `query($filter:${type},$first:Int,$after:String){${object.plural}(filter:$filter,first:$first,after:$after)` +
      `{${total}edges{node{${selectionOf(object, fields)}}} pageInfo{hasNextPage endCursor}}}`,
    // A missing variable is an absent argument (Twenty 2.21, measured).
    variables: { filter, first, ...(after !== undefined && { after }) },
  };
}

export type Page = {
  readonly rows: readonly RecordRow[];
  readonly next: string | undefined;
  readonly total: number | undefined;
};

export function readPage(object: ObjectSchema, data: Row): Page {
  const connection = data[object.plural] as {
    totalCount?: number;
    edges: { node: RecordRow }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
  return {
    rows: connection.edges.map(({ node }) => node),
    next: connection.pageInfo.hasNextPage ? (connection.pageInfo.endCursor ?? undefined) : undefined,
    total: connection.totalCount,
  };
}

/** Mentioning `deletedAt` anywhere makes soft-deleted rows visible (Twenty 2.21, measured). */
export const withDeleted = { or: [{ deletedAt: { is: 'NULL' } }, { deletedAt: { is: 'NOT_NULL' } }] };

export const idsFilter = (ids: readonly string[]) => ({ and: [{ id: { in: ids } }, withDeleted] });

/** @param since Twenty's time */
export const changedFilter = (since: Date) => ({
  or: [{ updatedAt: { gte: since.toISOString() } }, { deletedAt: { gte: since.toISOString() } }],
});

export const deletedFilter = (since: Date) => ({ deletedAt: { gte: since.toISOString() } });

export const schemaRequest: Request = {
  query: `{objects(paging:{first:1000}){edges{node{nameSingular namePlural isActive fieldsList{name type isActive
    isUnique options settings relation{type} morphRelations{targetObjectMetadata{nameSingular}}}}}}}`,
};

export const workspaceRequest: Request = { query: '{currentWorkspace{id displayName}}' };

export const applicationsRequest: Request = { query: '{findManyApplications{id universalIdentifier version}}' };

export const mintRequest = (applicationId: string): Request => ({
  query: `mutation($id:UUID!){generateApplicationToken(applicationId:$id){${tokenPair}}}`,
  variables: { id: applicationId },
});

export const renewRequest = (refreshToken: string): Request => ({
  query: `mutation($token:String!){renewApplicationToken(applicationRefreshToken:$token){${tokenPair}}}`,
  variables: { token: refreshToken },
});

const tokenPair = 'applicationAccessToken{token expiresAt} applicationRefreshToken{token expiresAt}';

export const webhooksRequest: Request = { query: '{webhooks{id targetUrl operations secret}}' };

export type NewWebhook = {
  readonly targetUrl: string;
  readonly operations: readonly string[];
  readonly secret: string;
};

export const createWebhookRequest = (input: NewWebhook): Request => ({
  query: 'mutation($input:CreateWebhookInput!){createWebhook(input:$input){id}}',
  variables: { input: { ...input, description: 'Switchboard' } },
});

export const updateWebhookRequest = (id: string, update: Partial<NewWebhook>): Request => ({
  query: 'mutation($input:UpdateWebhookInput!){updateWebhook(input:$input){id}}',
  variables: { input: { id, update } },
});

export const deleteWebhookRequest = (id: string): Request => ({
  query: 'mutation($id:UUID!){deleteWebhook(id:$id){id}}',
  variables: { id },
});
