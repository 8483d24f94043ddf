import type { IncomingMessage } from 'node:http';
import type { Response } from 'express';
import type { XapiNeeds } from '../../access/guard.ts';
import type { Principal } from '../../access/principals.ts';
import { notFound, ODataError } from './errors.ts';
import { type Literal, readPath, type Segment } from './path.ts';
import { type Query, readQuery } from './query.ts';

/** What an operation is asked. */
export type Asked = {
  readonly principal: Principal;
  /** The arguments of all segments by name; a key that stands alone is `Id`. */
  readonly args: Readonly<Record<string, Literal>>;
  readonly query: Query;
  readonly url: URL;
  readonly body: unknown;
  /** For operations that answer something else than JSON. */
  readonly request: IncomingMessage;
  readonly response: Response;
};

export type Reply = { readonly status: number; readonly body?: object } | 'answered';

export type Operation = Partial<XapiNeeds> & {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** As the vendor's description writes it: `/Users({Id})/Groups`. */
  readonly path: string;
  /** The builds that have it: from this one on, and before that one. */
  readonly since?: number;
  readonly before?: number;
  readonly handle: (asked: Asked) => Reply | Promise<Reply>;
};

export const ok = (body: object): Reply => ({ status: 200, body });
export const created = (body: object): Reply => ({ status: 201, body });
export const done: Reply = { status: 204 };

export type Compiled = { readonly operation: Operation; readonly segments: readonly Segment[] };

export function compile(operations: readonly Operation[]): Compiled[] {
  return operations.map((operation) => {
    const segments = readPath(operation.path);
    if (segments === undefined) throw new Error(`${operation.path} is no path`);
    return { operation, segments };
  });
}

export type Found = { readonly operation: Operation; readonly args: Asked['args'] };

/**
 * A function is found only with every one of its arguments.
 * @throws ODataError 404, or 405 when only the method does not fit
 */
export function find(
  compiled: readonly Compiled[],
  method: string,
  path: string,
  build: (n: number) => boolean,
): Found {
  const asked = readPath(path);
  if (asked === undefined) throw notFound();
  const fitting = compiled.filter(
    ({ operation: { since = 0, before }, segments }) =>
      build(since) && !(before !== undefined && build(before)) && fits(segments, asked),
  );
  const match = fitting.find(({ operation }) => operation.method === method);
  if (match === undefined) throw fitting.length > 0 ? new ODataError(405, 'Method Not Allowed') : notFound();
  return { operation: match.operation, args: Object.fromEntries(asked.flatMap(({ args }) => [...args])) };
}

function fits(pattern: readonly Segment[], asked: readonly Segment[]): boolean {
  if (pattern.length !== asked.length) return false;
  return pattern.every(({ name, args }, index) => {
    const other = asked[index];
    if (other === undefined || other.name !== name || other.args.size !== args.size) return false;
    return [...args.keys()].every((key) => other.args.has(key));
  });
}

/** @throws ODataError 400 */
export function queryOf(url: URL): Query {
  return readQuery(url.searchParams);
}
