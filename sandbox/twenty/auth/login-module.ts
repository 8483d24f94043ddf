import type { MetadataModule } from '../metadata-api/module.ts';
import type { Server } from '../server.ts';
import { findMember } from './members.ts';
import { loginToken, memberOfLogin, renewTokens, tokensFromLogin, tokensFromOtp } from './login.ts';
import { requireUser } from './require.ts';
import { deleteTwoFactor, provisionTwoFactor, verifyOtp } from './two-factor.ts';
import { workspaceOfOrigin } from './workspace-of-origin.ts';
import { workspaceUrls } from './workspace-module.ts';

const typeDefs = /* GraphQL */ `
  type AuthToken {
    token: String!
    expiresAt: DateTime!
  }
  type LoginToken {
    loginToken: AuthToken!
  }
  type AuthTokenPair {
    accessOrWorkspaceAgnosticToken: AuthToken!
    refreshToken: AuthToken!
  }
  type AuthTokens {
    tokens: AuthTokenPair!
  }
  type InitiateTwoFactorAuthenticationProvisioning {
    uri: String!
  }
  type VerifyTwoFactorAuthenticationMethod {
    success: Boolean!
  }
  type DeleteTwoFactorAuthenticationMethod {
    success: Boolean!
  }
  type AuthProviders {
    google: Boolean!
    microsoft: Boolean!
    password: Boolean!
    magicLink: Boolean!
  }
  type PublicWorkspaceData {
    id: UUID!
    displayName: String
    logo: String
    authProviders: AuthProviders!
    workspaceUrls: WorkspaceUrls!
  }

  extend type Query {
    getPublicWorkspaceDataByDomain(origin: String): PublicWorkspaceData!
  }
  extend type Mutation {
    getLoginTokenFromCredentials(
      email: String!
      password: String!
      captchaToken: String
      locale: String
      verifyEmailRedirectPath: String
      origin: String!
    ): LoginToken!
    getAuthTokensFromLoginToken(loginToken: String!, origin: String!): AuthTokens!
    getAuthTokensFromOTP(otp: String!, loginToken: String!, captchaToken: String, origin: String!): AuthTokens!
    renewToken(appToken: String!): AuthTokens!
    initiateOTPProvisioning(loginToken: String!, origin: String!): InitiateTwoFactorAuthenticationProvisioning!
    initiateOTPProvisioningForAuthenticatedUser: InitiateTwoFactorAuthenticationProvisioning!
    verifyTwoFactorAuthenticationMethodForAuthenticatedUser(otp: String!): VerifyTwoFactorAuthenticationMethod!
    deleteTwoFactorAuthenticationMethod(twoFactorAuthenticationMethodId: UUID!): DeleteTwoFactorAuthenticationMethod!
  }
`;

export const loginModule: MetadataModule = {
  typeDefs,
  queries: {
    getPublicWorkspaceDataByDomain: async ({ origin }: { origin?: string }, { server, origin: header }) => {
      const workspaceId = await workspaceOfOrigin(server, origin ?? header ?? '');
      if (workspaceId === undefined) throw new Error('Workspace not found');
      const { workspace } = await server.models.get(workspaceId);
      return {
        ...workspace,
        workspaceUrls: workspaceUrls(server),
        authProviders: { google: false, microsoft: false, password: true, magicLink: false },
      };
    },
  },
  mutations: {
    getLoginTokenFromCredentials: async (input, { server }) => ({ loginToken: await loginToken(server, input) }),
    getAuthTokensFromLoginToken: async (input, { server }) => ({
      tokens: await tokensFromLogin(server, input.loginToken),
    }),
    getAuthTokensFromOTP: async (input, { server }) => ({
      tokens: await tokensFromOtp(server, input.loginToken, input.otp),
    }),
    renewToken: async (input, { server }) => ({ tokens: await renewTokens(server, input.appToken) }),
    initiateOTPProvisioning: async (input, { server }) => {
      const member = await memberOfLogin(server, input.loginToken);
      return provision(server, member.userWorkspaceId);
    },
    initiateOTPProvisioningForAuthenticatedUser: (_input, context) =>
      provision(context.server, requireUser(context).userWorkspaceId),
    verifyTwoFactorAuthenticationMethodForAuthenticatedUser: async (input, context) => {
      await verifyOtp(context.server, requireUser(context).userWorkspaceId, input.otp);
      return { success: true };
    },
    deleteTwoFactorAuthenticationMethod: async (input, context) => {
      const { userWorkspaceId } = requireUser(context);
      await deleteTwoFactor(context.server, userWorkspaceId, input.twoFactorAuthenticationMethodId);
      return { success: true };
    },
  },
};

async function provision(server: Server, userWorkspaceId: string): Promise<{ uri: string }> {
  const member = await findMember(server.store, userWorkspaceId);
  if (member === undefined) throw new Error(`No membership ${userWorkspaceId}`);
  const { workspace } = await server.models.get(member.workspaceId);
  return { uri: await provisionTwoFactor(server, member, workspace) };
}
