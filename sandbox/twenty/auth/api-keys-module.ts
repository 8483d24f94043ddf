import { GraphqlError } from '../errors.ts';
import type { MetadataModule } from '../metadata-api/module.ts';
import type { RequestContext, Server } from '../server.ts';
import {
  assignRoleToApiKey,
  findApiKey,
  insertApiKey,
  listApiKeys,
  revokeApiKey,
  signApiKey,
  type ApiKeyRow,
} from './api-keys.ts';
import { requireFlag, requireSession } from './require.ts';

const typeDefs = /* GraphQL */ `
  type ApiKey {
    id: UUID!
    name: String!
    expiresAt: DateTime!
    revokedAt: DateTime
    createdAt: DateTime!
    updatedAt: DateTime!
    role: Role!
  }
  type ApiKeyToken {
    token: String!
  }
  input GetApiKeyInput {
    id: UUID!
  }
  input CreateApiKeyInput {
    name: String!
    expiresAt: String!
    revokedAt: String
    roleId: UUID!
  }
  input RevokeApiKeyInput {
    id: UUID!
  }

  extend type Query {
    apiKeys: [ApiKey!]!
    apiKey(input: GetApiKeyInput!): ApiKey
  }
  extend type Mutation {
    createApiKey(input: CreateApiKeyInput!): ApiKey!
    revokeApiKey(input: RevokeApiKeyInput!): ApiKey
    assignRoleToApiKey(apiKeyId: UUID!, roleId: UUID!): Boolean!
    generateApiKeyToken(apiKeyId: UUID!, expiresAt: String!): ApiKeyToken!
  }
`;

export const apiKeysModule: MetadataModule = {
  typeDefs,
  queries: {
    apiKeys: async (_args, context) => {
      const { workspaceId } = await requireFlag(context, 'API_KEYS_AND_WEBHOOKS');
      const keys = await listApiKeys(context.server.store, workspaceId);
      return keys.map((key) => describe(context.server, workspaceId, key));
    },
    apiKey: async ({ input }, context) => {
      const { workspaceId } = await requireFlag(context, 'API_KEYS_AND_WEBHOOKS');
      const key = await findApiKey(context.server.store, workspaceId, input.id);
      return key === undefined ? null : describe(context.server, workspaceId, key);
    },
  },
  mutations: {
    createApiKey: async ({ input }, context) => {
      const { workspaceId } = await requireKeyAdmin(context);
      await demandAssignable(context.server, workspaceId, input.roleId);
      const expiresAt = new Date(input.expiresAt);
      const key = await insertApiKey(context.server.store, { ...input, workspaceId, expiresAt });
      return describe(context.server, workspaceId, key);
    },
    revokeApiKey: async ({ input }, context) => {
      const { workspaceId } = await requireKeyAdmin(context);
      const key = await revokeApiKey(context.server.store, workspaceId, input.id, context.server.clock());
      return key === undefined ? null : describe(context.server, workspaceId, key);
    },
    assignRoleToApiKey: async ({ apiKeyId, roleId }, context) => {
      const { workspaceId } = await requireKeyAdmin(context);
      await demandAssignable(context.server, workspaceId, roleId);
      if (await assignRoleToApiKey(context.server.store, workspaceId, apiKeyId, roleId)) return true;
      throw new GraphqlError(`API Key with id ${apiKeyId} not found in workspace ${workspaceId}`, 'NOT_FOUND');
    },
    generateApiKeyToken: async ({ apiKeyId, expiresAt }, context) => {
      const { workspaceId } = await requireKeyAdmin(context);
      return { token: await signApiKey(context.server, workspaceId, apiKeyId, new Date(expiresAt)) };
    },
  },
};

/** Keys are made and changed only by a person's own session. */
async function requireKeyAdmin(context: RequestContext) {
  requireSession(context);
  return requireFlag(context, 'API_KEYS_AND_WEBHOOKS');
}

async function describe(server: Server, workspaceId: string, key: ApiKeyRow) {
  return { ...key, role: (await server.roles.get(workspaceId)).get(key.roleId) };
}

async function demandAssignable(server: Server, workspaceId: string, roleId: string): Promise<void> {
  const role = (await server.roles.get(workspaceId)).get(roleId);
  if (role?.canBeAssignedToApiKeys !== true) {
    throw new GraphqlError(`Role ${roleId} cannot be assigned to API keys`, 'BAD_USER_INPUT', {
      userFriendlyMessage: 'This role cannot be assigned to API keys.',
    });
  }
}
