import { requireAuth } from '../auth/require.ts';
import type { MetadataModule } from './module.ts';

const typeDefs = /* GraphQL */ `
  type Workspace {
    id: UUID!
    displayName: String
    subdomain: String!
    createdAt: DateTime!
    isTwoFactorAuthenticationEnforced: Boolean!
  }

  extend type Query {
    currentWorkspace: Workspace!
  }
`;

export const workspaceModule: MetadataModule = {
  typeDefs,
  queries: {
    currentWorkspace: async (_args, context) => {
      const { workspace } = await context.server.models.get(requireAuth(context).workspaceId);
      return { isTwoFactorAuthenticationEnforced: false, ...workspace.settings, ...workspace };
    },
  },
  mutations: {},
};
