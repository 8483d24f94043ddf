import type { MetadataModule } from '../metadata-api/module.ts';
import { permissions } from '../roles/permissions.ts';
import type { Server } from '../server.ts';
import { forbiddenResource, permissionDenied } from './errors.ts';
import { isTwoFactorEnforced } from './login.ts';
import { isUser, requireAuth } from './require.ts';

const typeDefs = /* GraphQL */ `
  type WorkspaceUrls {
    subdomainUrl: String!
    customUrl: String
  }
  type Workspace {
    id: UUID!
    displayName: String
    subdomain: String!
    logo: String
    createdAt: DateTime!
    updatedAt: DateTime!
    activationStatus: String!
    isTwoFactorAuthenticationEnforced: Boolean!
    isPasswordAuthEnabled: Boolean!
    metadataVersion: Float!
    version: String
    workspaceUrls: WorkspaceUrls!
    defaultRole: Role
  }
  input UpdateWorkspaceInput {
    displayName: String
    logo: String
    defaultRoleId: UUID
    isTwoFactorAuthenticationEnforced: Boolean
  }

  extend type Query {
    currentWorkspace: Workspace!
  }
  extend type Mutation {
    updateWorkspace(data: UpdateWorkspaceInput!): Workspace!
  }
`;

type WorkspaceChanges = { displayName?: string; [setting: string]: unknown };

export const workspaceModule: MetadataModule = {
  typeDefs,
  queries: {
    currentWorkspace: (_args, context) => describeWorkspace(context.server, requireAuth(context).workspaceId),
  },
  mutations: {
    updateWorkspace: async ({ data }: { data: WorkspaceChanges }, context) => {
      const auth = requireAuth(context);
      if (!isUser(auth)) {
        throw forbiddenResource('This endpoint requires a user context. API keys are not supported.');
      }
      const { server } = context;
      const granted = await permissions(server, auth);
      if (!granted.has('WORKSPACE') || !granted.has('SECURITY')) throw permissionDenied();
      const { displayName, ...settings } = data;
      await server.store.query(
        'update workspace set display_name = coalesce($2, display_name), settings = settings || $3 where id = $1',
        [auth.workspaceId, displayName ?? null, settings],
      );
      server.models.invalidate(auth.workspaceId);
      return describeWorkspace(server, auth.workspaceId);
    },
  },
};

/** A workspace in the shape of the type Workspace. */
export async function describeWorkspace(server: Server, workspaceId: string) {
  const { workspace } = await server.models.get(workspaceId);
  const defaultRoleId = workspace.settings['defaultRoleId'];
  return {
    id: workspace.id,
    displayName: workspace.displayName,
    subdomain: workspace.subdomain,
    logo: workspace.settings['logo'] ?? null,
    createdAt: workspace.createdAt,
    updatedAt: workspace.createdAt,
    activationStatus: 'ACTIVE',
    isTwoFactorAuthenticationEnforced: isTwoFactorEnforced(workspace),
    isPasswordAuthEnabled: true,
    metadataVersion: 1,
    version: '2.21.0',
    workspaceUrls: workspaceUrls(server),
    defaultRole: (await server.roles.get(workspaceId)).get(String(defaultRoleId)) ?? null,
  };
}

/** All workspaces answer on the one address of the stand-in: it has no subdomains. */
export function workspaceUrls(server: Server) {
  return { subdomainUrl: `${server.url()}/`, customUrl: null };
}
