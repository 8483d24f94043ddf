import { findRegistrationByClient } from '../apps/registrations.ts';
import { requireUser } from '../auth/require.ts';
import type { MetadataModule } from '../metadata-api/module.ts';
import { authorize } from './authorize.ts';

const typeDefs = /* GraphQL */ `
  type AuthorizeApp {
    redirectUrl: String!
  }
  type PublicApplicationRegistration {
    id: UUID!
    name: String!
    logoUrl: String
    websiteUrl: String
    oAuthScopes: [String!]!
  }

  extend type Query {
    findApplicationRegistrationByClientId(clientId: String!): PublicApplicationRegistration
  }
  extend type Mutation {
    authorizeApp(
      clientId: String!
      codeChallenge: String
      redirectUrl: String!
      state: String
      scope: String
    ): AuthorizeApp!
  }
`;

export const oauthModule: MetadataModule = {
  typeDefs,
  queries: {
    findApplicationRegistrationByClientId: async ({ clientId }, { server }) => {
      const client = await findRegistrationByClient(server.store, clientId);
      return client === undefined ? null : { ...client, oAuthScopes: client.scopes };
    },
  },
  mutations: {
    authorizeApp: async (request, context) => {
      const { userWorkspaceId } = requireUser(context);
      return { redirectUrl: await authorize(context.server, request, userWorkspaceId) };
    },
  },
};
