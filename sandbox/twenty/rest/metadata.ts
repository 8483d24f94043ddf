import { objectView } from '../metadata-api/views.ts';
import {
  createWebhook,
  deleteWebhook,
  listWebhooks,
  updateWebhook,
  type WebhookInput,
} from '../metadata-api/webhooks.ts';
import type { RequestContext } from '../server.ts';
import type { AuthContext, Model, ObjectMetadata } from '../types.ts';
import { badRequest, type RestAnswer } from './answers.ts';
import type { RestRequest } from './records.ts';

const DEFAULT_LIMIT = 1_000;

/** Runs one request to /rest/metadata; `path` is what follows. Not counted by the rate limit. */
export async function runMetadataRequest(
  context: RequestContext & { auth: AuthContext },
  request: RestRequest,
): Promise<RestAnswer> {
  const [kind, id] = request.path.split('/').filter((part) => part !== '');
  if (kind === 'webhooks') return webhooks(context, id, request);
  const model = await context.server.models.get(context.auth.workspaceId);
  if (kind !== 'objects' || request.method !== 'GET') {
    throw badRequest(`Query path '/rest/metadata${request.path}' invalid. Valid examples: /rest/metadata/objects`);
  }
  if (id !== undefined) return oneObject(model, id);
  return { status: 200, body: listObjects(model, request.query) };
}

function oneObject(model: Model, id: string): RestAnswer {
  const object = model.byId.get(id);
  if (object === undefined) throw badRequest('Object not found');
  return { status: 200, body: { data: { object: describe(model, object) } } };
}

/** Cursors are plain ids here, unlike everywhere else (Twenty 2.21, measured). */
function listObjects(model: Model, query: URLSearchParams): object {
  const after = query.get('starting_after');
  const from = after === null ? 0 : model.objects.findIndex((object) => object.id === after) + 1;
  const page = model.objects.slice(from, from + Number(query.get('limit') ?? DEFAULT_LIMIT));
  return {
    data: { objects: page.map((object) => describe(model, object)) },
    pageInfo: {
      hasNextPage: from + page.length < model.objects.length,
      startCursor: page[0]?.id ?? null,
      endCursor: page.at(-1)?.id ?? null,
    },
    totalCount: model.objects.length,
  };
}

function describe(model: Model, object: ObjectMetadata): object {
  const view = objectView(model, object);
  const fields = view.fieldsList().map((field) => withoutThunks(field));
  return { ...withoutThunks(view), workspaceId: model.workspace.id, fields };
}

function withoutThunks(view: object): object {
  return Object.fromEntries(
    Object.entries(view).filter(
      ([name, value]) => typeof value !== 'function' && name !== 'relation' && name !== 'morphRelations',
    ),
  );
}

async function webhooks(context: RequestContext, id: string | undefined, request: RestRequest): Promise<RestAnswer> {
  const input = (request.body ?? {}) as WebhookInput;
  switch (request.method) {
    case 'GET': {
      const all = await listWebhooks(context);
      return { status: 200, body: id === undefined ? all : (all.find((webhook) => webhook.id === id) ?? null) };
    }
    case 'POST':
      return { status: 201, body: await createWebhook(context, input) };
    case 'PATCH':
      return { status: 200, body: await updateWebhook(context, id ?? '', input) };
    case 'DELETE':
      await deleteWebhook(context, id ?? '');
      return { status: 200, body: true };
    default:
      throw badRequest(`${request.method} is not supported`);
  }
}
