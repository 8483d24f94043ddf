import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject } from 'zod-openapi';
import type { Admin } from '../admin/index.ts';
import { type Caller, demand, demandNoView, memberOf } from '../auth/caller.ts';
import { ForbiddenError, PayloadError, type Permission, type Reply } from '../contract/index.ts';
import { send } from './plugin-doors.ts';

type Shape = z.ZodObject;

interface EndpointInput<P extends Shape, Q extends Shape, B extends z.ZodType> {
  readonly params: z.output<P>;
  readonly query: z.output<Q>;
  readonly body: z.output<B>;
}

/** One operation of the hub's own API: its description, its checks and its code in one place. */
export interface Endpoint<P extends Shape = Shape, Q extends Shape = Shape, B extends z.ZodType = z.ZodType> {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** `/tenants/{tenant}`: below `/api/v1` and, as far as members may, below `/console/v1`. */
  readonly path: `/${string}`;
  /** Groups operations in the documentation. */
  readonly tag: string;
  readonly summary: string;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly response: z.ZodType;
  /** It answers with a file of this type, which `handle` gives as a `Reply`. */
  readonly file?: string;
  /** Default 200. */
  readonly status?: 200 | 201 | 202;
  /**
   * Beside the operator: members of the tenant whose role has this permission. `member`: every member and nobody else. Default: the operator alone.
   */
  readonly access?: Permission | 'member';
  /** Nothing for the operator: it needs an account of the workspace. */
  readonly isMembers?: true;
  /** Changes nothing in the workspace but the caller's own view or session, so that a view as another role does not forbid it. */
  readonly isOwn?: true;
  handle(admin: Admin, input: EndpointInput<P, Q, B>, caller: Caller): Promise<unknown>;
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
      reason: z
        .string()
        .optional()
        .meta({ description: 'Which refusal it is, finer than the code and as stable.', example: 'mail.nobody' }),
      values: z
        .record(z.string(), z.union([z.string(), z.number()]))
        .optional()
        .meta({ description: 'What stands in the message, for programs that say it in other words.' }),
      field: z.string().optional().meta({ description: 'The offending field.', example: 'body.country' }),
      remedy: z.string().optional().meta({ description: 'What to do about it, one sentence.' }),
      steps: z
        .array(z.string())
        .optional()
        .meta({ description: 'What to do in order, where a sentence is not enough.' }),
    }),
  })
  .meta({ id: 'Problem' });

/** @param identify who makes the request; throws for nobody */
export function mountEndpoints(
  endpoints: readonly Endpoint[],
  admin: Admin,
  identify: (request: Request, response: Response, one: Endpoint) => Caller | Promise<Caller>,
): Router {
  const router = express.Router();
  const json = express.json({ limit: '1mb' });
  for (const one of endpoints) {
    const path = one.path.replaceAll(/\{(\w+)\}/g, ':$1');
    const authorize: RequestHandler = async (request, response, next) => {
      const caller = await identify(request, response, one);
      authorizeCaller(one, caller);
      response.locals['caller'] = caller;
      next();
    };
    // Who is unknown fills no memory: bodies are read behind the identification.
    router[one.method](path, authorize, json, async (request, response) => {
      const answer = await one.handle(admin, readInput(one, request), response.locals['caller'] as Caller);
      if (one.file !== undefined) await send(response, answer as Reply);
      // What the description does not promise is not sent: payloads and other tenants' ids stay inside.
      else response.status(one.status ?? 200).json(one.response.parse(answer ?? {}));
    });
  }
  return router;
}

/** @throws ForbiddenError */
function authorizeCaller({ access, method, isMembers, isOwn }: Endpoint, caller: Caller): void {
  if (access === 'member' || isMembers === true) memberOf(caller);
  if (access !== undefined && access !== 'member') demand(caller, access);
  if (access === undefined && caller.kind !== 'operator') {
    throw new ForbiddenError('This is for the operator of the hub', { remedy: 'Ask whoever runs the hub.' });
  }
  if (method !== 'get' && isOwn !== true) demandNoView(caller);
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

/** The OpenAPI 3.1 description of the endpoints: each where the operator calls it, and where members do. */
export function describeEndpoints(endpoints: readonly Endpoint[], info: { version: string; url: string }) {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  const add = (path: string, one: Endpoint, security: Record<string, string[]>[]) => {
    paths[path] = { ...paths[path], [one.method]: { ...describe(one), security } };
  };
  for (const one of endpoints) {
    if (one.access !== 'member' && one.isMembers !== true) add(`/api/v1${one.path}`, one, [{ operator: [] }]);
    add(`/console/v1${one.path}`, one, [{ [one.access === undefined ? 'operatorSession' : 'session']: [] }]);
  }
  const cookie = (name: string, description: string) => ({ type: 'apiKey', in: 'cookie', name, description }) as const;
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Switchboard',
      version: info.version,
      description:
        "The hub's own API: below /api/v1 for operators and their scripts, below /console/v1 for members who signed in with Twenty.",
    },
    servers: [{ url: info.url }],
    components: {
      securitySchemes: {
        operator: { type: 'http', scheme: 'bearer', description: 'The operator token.' },
        session: cookie(
          '__Host-switchboard-session-{tenant}',
          'Of a member of the tenant; requests of the same origin only.',
        ),
        operatorSession: cookie('__Host-switchboard-operator', 'Of the operator, by a setup link.'),
      },
    },
    paths,
  });
}

function describe(one: Endpoint): ZodOpenApiOperationObject {
  const problem = { content: { 'application/json': { schema: problemSchema } } };
  return {
    tags: [one.tag],
    summary: one.summary,
    ...(one.access === undefined || one.access === 'member' ? {} : { description: `Members need \`${one.access}\`.` }),
    requestParams: { ...(one.params ? { path: one.params } : {}), ...(one.query ? { query: one.query } : {}) },
    ...(one.body ? { requestBody: { required: true, content: { 'application/json': { schema: one.body } } } } : {}),
    responses: {
      [one.status ?? 200]: {
        description: 'Done',
        content: { [one.file ?? 'application/json']: { schema: one.response } },
      },
      '400': { description: 'Something in the request is wrong', ...problem },
      '401': { description: 'Nobody is signed in, or the operator token is wrong', ...problem },
      '403': { description: 'The caller may not do that', ...problem },
      '404': { description: 'There is no such thing', ...problem },
    },
  };
}
