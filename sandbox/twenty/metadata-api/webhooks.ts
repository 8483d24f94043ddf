import { randomBytes, randomUUID } from 'node:crypto';
import { requireAuth } from '../auth/require.ts';
import { GraphqlError } from '../errors.ts';
import { metadataNotFound, validationFailed } from '../metadata/validation.ts';
import { permissions } from '../roles/permissions.ts';
import type { RequestContext } from '../server.ts';
import type { AuthContext } from '../types.ts';
import type { Webhook } from '../webhooks/webhooks.ts';
import type { MetadataModule } from './module.ts';

const typeDefs = /* GraphQL */ `
  type Webhook {
    id: UUID!
    targetUrl: String!
    operations: [String!]!
    description: String
    secret: String!
    applicationId: UUID!
    createdAt: DateTime!
    updatedAt: DateTime!
    deletedAt: DateTime
  }

  input CreateWebhookInput {
    id: UUID
    targetUrl: String!
    operations: [String!]!
    description: String
    secret: String
  }

  input UpdateWebhookInput {
    id: UUID!
    update: UpdateWebhookInputUpdates!
  }

  input UpdateWebhookInputUpdates {
    targetUrl: String
    operations: [String!]
    description: String
    secret: String
  }

  extend type Query {
    webhooks: [Webhook!]!
    webhook(id: UUID!): Webhook
  }

  extend type Mutation {
    createWebhook(input: CreateWebhookInput!): Webhook!
    updateWebhook(input: UpdateWebhookInput!): Webhook!
    deleteWebhook(id: UUID!): Webhook!
  }
`;

export type WebhookInput = Partial<Pick<Webhook, 'id' | 'targetUrl' | 'operations' | 'description' | 'secret'>>;

export const webhooksModule: MetadataModule = {
  typeDefs,
  queries: {
    webhooks: async (_args, context) => listWebhooks(context),
    webhook: async ({ id }: { id: string }, context) =>
      (await listWebhooks(context)).find((webhook) => webhook.id === id) ?? null,
  },
  mutations: {
    createWebhook: ({ input }: { input: WebhookInput }, context) => createWebhook(context, input),
    updateWebhook: ({ input }: { input: { id: string; update: WebhookInput } }, context) =>
      updateWebhook(context, input.id, input.update),
    deleteWebhook: ({ id }: { id: string }, context) => deleteWebhook(context, id),
  },
};

export async function listWebhooks(context: RequestContext): Promise<Webhook[]> {
  const auth = await demandWebhooks(context);
  return context.server.webhooks.list(auth.workspaceId);
}

/** Any operation name is taken, also of objects that do not exist; the secret is made when none is sent. */
export async function createWebhook(context: RequestContext, input: WebhookInput): Promise<Webhook> {
  const auth = await demandWebhooks(context);
  checkTarget(input.targetUrl, 'create');
  const { workspace } = await context.server.models.get(auth.workspaceId);
  const id = input.id ?? randomUUID();
  await context.server.store.query(
    `insert into webhook (id, workspace_id, application_id, target_url, operations, description, secret)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      id,
      auth.workspaceId,
      workspace.customApplicationId,
      input.targetUrl,
      input.operations ?? ['*.*'],
      input.description ?? null,
      input.secret ?? randomBytes(32).toString('hex'),
    ],
  );
  context.server.webhooks.invalidate(auth.workspaceId);
  return existing(context, auth, id);
}

export async function updateWebhook(context: RequestContext, id: string, update: WebhookInput): Promise<Webhook> {
  const auth = await demandWebhooks(context);
  const before = await existing(context, auth, id);
  if (update.targetUrl !== undefined) checkTarget(update.targetUrl, 'update');
  const after = { ...before, ...Object.fromEntries(Object.entries(update).filter(([, value]) => value !== undefined)) };
  await context.server.store.query(
    `update webhook set target_url = $2, operations = $3, description = $4, secret = $5, updated_at = now()
      where id = $1`,
    [id, after.targetUrl, after.operations, after.description, after.secret],
  );
  context.server.webhooks.invalidate(auth.workspaceId);
  return existing(context, auth, id);
}

export async function deleteWebhook(context: RequestContext, id: string): Promise<Webhook> {
  const auth = await demandWebhooks(context);
  const webhook = await existing(context, auth, id);
  await context.server.store.query('delete from webhook where id = $1', [id]);
  context.server.webhooks.invalidate(auth.workspaceId);
  return webhook;
}

async function existing(context: RequestContext, auth: AuthContext, id: string): Promise<Webhook> {
  const webhook = (await context.server.webhooks.list(auth.workspaceId)).find((candidate) => candidate.id === id);
  if (webhook !== undefined) return webhook;
  throw metadataNotFound('Webhook not found', 'WEBHOOK_NOT_FOUND', 'Webhook not found.');
}

/** The refusal has the code INTERNAL_SERVER_ERROR, unlike that of other areas (Twenty 2.21, measured). */
async function demandWebhooks(context: RequestContext): Promise<AuthContext> {
  const auth = requireAuth(context);
  if ((await permissions(context.server, auth)).has('API_KEYS_AND_WEBHOOKS')) return auth;
  throw new GraphqlError('Entity performing the request does not have permission', 'INTERNAL_SERVER_ERROR', {
    userFriendlyMessage:
      'You do not have permission to access this feature. Please contact your workspace administrator for access.',
  });
}

function checkTarget(targetUrl: string | undefined, type: 'create' | 'update'): void {
  const protocol = targetUrl === undefined ? undefined : URL.parse(targetUrl)?.protocol;
  if (protocol === 'http:' || protocol === 'https:') return;
  const verb = type === 'create' ? 'creating' : 'updating';
  const entity = { universalIdentifier: randomUUID(), targetUrl };
  throw validationFailed(`Multiple validation errors occurred while ${verb} webhook`, 'webhook', type, entity, [
    {
      code: 'INVALID_TARGET_URL',
      message: 'Invalid target URL provided',
      userFriendlyMessage: 'Please provide a valid HTTP or HTTPS URL',
    },
  ]);
}
