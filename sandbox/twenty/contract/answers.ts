import type { Reply } from './client.ts';

export type Row = { id: string; [field: string]: unknown };
export type Edge = { cursor: string; node: Row };
export type PageInfo = {
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  startCursor: string | null;
  endCursor: string | null;
};
export type Page = { edges: Edge[]; pageInfo: PageInfo; totalCount: number; [aggregate: string]: unknown };
export type Refusal = { code?: string; subCode?: string; message: string };

/** The only root field of a successful answer. */
export function value(reply: Reply): unknown {
  const fields = Object.values(reply.data ?? {});
  if (reply.status !== 200 || reply.errors.length > 0 || fields.length !== 1)
    throw unexpected('one successful root field', reply);
  return fields[0];
}

export const row = (reply: Reply): Row => value(reply) as Row;
export const rows = (reply: Reply): Row[] => value(reply) as Row[];
export const page = (reply: Reply): Page => value(reply) as Page;

/** The names of a page's rows, in the order of the answer. */
export const names = (reply: Reply): unknown[] => page(reply).edges.map((edge) => edge.node['name']);

/** What a client reads of a refused GraphQL operation. Every refusal is HTTP 200, one error, and no data. */
export function refusal(reply: Reply): Refusal {
  const [error, ...others] = reply.errors;
  const answered = Object.values(reply.data ?? {}).filter((field) => field !== null);
  if (reply.status !== 200 || !error || others.length > 0 || answered.length > 0)
    throw unexpected('one refusal', reply);
  const { code, subCode } = error.extensions ?? {};
  return { ...(code && { code }), ...(subCode && { subCode }), message: error.message };
}

/** The extensions of the only error, for what is pinned beside code and message. */
export function extensions(reply: Reply): Record<string, unknown> {
  refusal(reply);
  return reply.errors[0]?.extensions ?? {};
}

export const badInput = (subCode: string | undefined, message: string): Refusal => ({
  code: 'BAD_USER_INPUT',
  ...(subCode && { subCode }),
  message,
});

export const notFound: Refusal = { code: 'NOT_FOUND', subCode: 'RECORD_NOT_FOUND', message: 'Record not found' };

export const permissionDenied: Refusal = {
  code: 'FORBIDDEN',
  subCode: 'PERMISSION_DENIED',
  message: 'Entity performing the request does not have permission',
};

function unexpected(wanted: string, reply: Reply): Error {
  return new Error(`Expected ${wanted}, got HTTP ${reply.status}: ${reply.text.slice(0, 1500)}`);
}
