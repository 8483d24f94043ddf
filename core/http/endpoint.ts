import express, { type Request, type Router } from 'express';
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject } from 'zod-openapi';
import type { Admin } from '../admin/index.ts';
import { PayloadError } from '../contract/index.ts';

type Shape = z.ZodObject;

interface EndpointInput<P extends Shape, Q extends Shape, B extends z.ZodType> {
  readonly params: z.output<P>;
  readonly query: z.output<Q>;
  readonly body: z.output<B>;
}

/** One operation of the hub's own API: its description, its checks and its code in one place. */
export interface Endpoint<P extends Shape = Shape, Q extends Shape = Shape, B extends z.ZodType = z.ZodType> {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** `/tenants/{tenant}`: below `/api/v1`. */
  readonly path: `/${string}`;
  /** Groups operations in the documentation. */
  readonly tag: string;
  readonly summary: string;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly response: z.ZodType;
  /** Default 200. */
  readonly status?: 200 | 201 | 202;
  handle(admin: Admin, input: EndpointInput<P, Q, B>): Promise<unknown>;
}

/** Infers the types of an endpoint's input from its schemas. */
export function endpoint<
  P extends Shape = z.ZodObject<{}>,
  Q extends Shape = z.ZodObject<{}>,
  B extends z.ZodType = z.ZodUndefined,
>(definition: Endpoint<P, Q, B>): Endpoint {
  return definition;
}

const problemSchema = z
  .object({
    error: z.object({
      code: z.string().meta({ description: 'Stable, for programs.', example: 'payload' }),
      message: z.string(),
      field: z.string().optional().meta({ description: 'The offending field.', example: 'body.country' }),
      remedy: z.string().optional().meta({ description: 'What to do about it, one sentence.' }),
    }),
  })
  .meta({ id: 'Problem' });

export function mountEndpoints(endpoints: readonly Endpoint[], admin: Admin): Router {
  const router = express.Router();
  router.use(express.json({ limit: '1mb' }));
  for (const one of endpoints) {
    router[one.method](one.path.replaceAll(/\{(\w+)\}/g, ':$1'), async (request, response) => {
      const answer = await one.handle(admin, readInput(one, request));
      // What the description does not promise is not sent: payloads and other tenants' ids stay inside.
      response.status(one.status ?? 200).json(one.response.parse(answer ?? {}));
    });
  }
  return router;
}

function readInput(one: Endpoint, request: Request): EndpointInput<Shape, Shape, z.ZodType> {
  return {
    params: check(one.params, request.params, 'path') as Record<string, unknown>,
    query: check(one.query, request.query, 'query') as Record<string, unknown>,
    body: check(one.body, request.body, 'body'),
  };
}

function check(schema: z.ZodType | undefined, value: unknown, where: string): unknown {
  if (schema === undefined) return {};
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = [where, ...(issue?.path ?? [])].join('.');
  throw new PayloadError(`${field}: ${issue?.message ?? 'is not valid'}`, {
    field,
    remedy: 'See the description of this operation in /openapi.json.',
  });
}

/** The OpenAPI 3.1 description of the endpoints. */
export function describeEndpoints(endpoints: readonly Endpoint[], info: { version: string; url: string }) {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const one of endpoints) {
    const path = `/api/v1${one.path}`;
    paths[path] = { ...paths[path], [one.method]: describe(one) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Switchboard',
      version: info.version,
      description: "The hub's own API, for operators and their scripts.",
    },
    servers: [{ url: info.url }],
    security: [{ operator: [] }],
    components: {
      securitySchemes: { operator: { type: 'http', scheme: 'bearer', description: 'The operator token.' } },
    },
    paths,
  });
}

function describe(one: Endpoint): ZodOpenApiOperationObject {
  const problem = { content: { 'application/json': { schema: problemSchema } } };
  return {
    tags: [one.tag],
    summary: one.summary,
    requestParams: { ...(one.params ? { path: one.params } : {}), ...(one.query ? { query: one.query } : {}) },
    ...(one.body ? { requestBody: { required: true, content: { 'application/json': { schema: one.body } } } } : {}),
    responses: {
      [one.status ?? 200]: { description: 'Done', content: { 'application/json': { schema: one.response } } },
      '400': { description: 'Something in the request is wrong', ...problem },
      '401': { description: 'The operator token is missing or wrong', ...problem },
      '404': { description: 'There is no such thing', ...problem },
    },
  };
}
