import { randomUUID } from 'node:crypto';
import { requireFeature } from '../auth/require.ts';
import { GraphqlError } from '../errors.ts';
import type { MetadataModule } from '../metadata-api/module.ts';
import { SCOPES } from '../oauth/authorize.ts';
import { redirectUriProblem } from '../oauth/redirect-uris.ts';
import type { RequestContext } from '../server.ts';
import { publishPackage } from './packages.ts';
import {
  findRegistration,
  findRegistrationById,
  insertRegistration,
  listRegistrations,
  newSecret,
  rotateSecret,
  type Registration,
} from './registrations.ts';
import { registrationTypeDefs } from './registration-sdl.ts';

export const registrationsModule: MetadataModule = {
  typeDefs: registrationTypeDefs,
  queries: {
    findApplicationRegistrationByUniversalIdentifier: async ({ universalIdentifier }, context) => {
      await requireFeature(context, 'APPLICATIONS');
      const registration = await findRegistration(context.server.store, universalIdentifier);
      return registration === undefined ? null : describe(registration);
    },
    findManyApplicationRegistrations: async (_args, context) => {
      const { workspaceId } = await requireFeature(context, 'APPLICATIONS');
      return (await listRegistrations(context.server.store, workspaceId)).map(describe);
    },
  },
  mutations: {
    createApplicationRegistration: async ({ input }, context) => {
      const { workspaceId } = await requireFeature(context, 'APPLICATIONS');
      return createRegistration(context, workspaceId, input);
    },
    deleteApplicationRegistration: async ({ id }, context) => {
      const registration = await ownRegistration(context, id);
      await context.server.store.query('delete from application_registration where id = $1', [registration.id]);
      return true;
    },
    rotateApplicationRegistrationClientSecret: async ({ id }, context) => {
      const registration = await ownRegistration(context, id);
      return { clientSecret: await rotateSecret(context.server.store, registration.id) };
    },
    uploadAppTarball: async ({ file, universalIdentifier }, context) => {
      const { workspaceId } = await requireFeature(context, 'APPLICATIONS');
      return describe(await publishPackage(context.server, workspaceId, file.content, universalIdentifier));
    },
  },
};

type RegistrationInput = {
  name: string;
  universalIdentifier?: string;
  oAuthRedirectUris?: string[];
  oAuthScopes?: string[];
};

async function createRegistration(context: RequestContext, ownerWorkspaceId: string, input: RegistrationInput) {
  const { oAuthRedirectUris = [], oAuthScopes = [], universalIdentifier = randomUUID() } = input;
  const problem = oAuthRedirectUris.map(redirectUriProblem).find((found) => found !== undefined);
  if (problem !== undefined) {
    throw refused(problem, 'INVALID_REDIRECT_URI', 'One or more redirect URIs are invalid.');
  }
  const unknown = oAuthScopes.filter((scope) => !SCOPES.includes(scope));
  if (unknown.length > 0) {
    const friendly = 'One or more requested scopes are invalid.';
    throw refused(`Invalid scopes: ${unknown.join(', ')}`, 'INVALID_SCOPE', friendly);
  }
  const clientSecret = newSecret();
  const registration = await insertRegistration(context.server.store, {
    universalIdentifier,
    ownerWorkspaceId,
    name: input.name,
    redirectUris: oAuthRedirectUris,
    grantTypes: ['authorization_code', 'client_credentials', 'refresh_token'],
    scopes: oAuthScopes,
    sourceType: 'LOCAL',
    clientSecret,
  });
  if (registration !== undefined) return { applicationRegistration: describe(registration), clientSecret };
  throw refused(
    `Universal identifier ${universalIdentifier} is already claimed`,
    'UNIVERSAL_IDENTIFIER_ALREADY_CLAIMED',
    'This universal identifier is already claimed by another registration.',
  );
}

/** A registration of the caller's workspace; others, and those without owner, do not exist for it. */
async function ownRegistration(context: RequestContext, id: string): Promise<Registration> {
  const { workspaceId } = await requireFeature(context, 'APPLICATIONS');
  const registration = await findRegistrationById(context.server.store, id);
  if (registration?.ownerWorkspaceId === workspaceId) return registration;
  throw new GraphqlError(`Application registration with id ${id} not found`, 'NOT_FOUND', {
    subCode: 'APPLICATION_REGISTRATION_NOT_FOUND',
    userFriendlyMessage: 'Application registration not found.',
  });
}

function refused(message: string, subCode: string, userFriendlyMessage: string): GraphqlError {
  return new GraphqlError(message, 'BAD_USER_INPUT', { subCode, userFriendlyMessage });
}

function describe(registration: Registration) {
  return {
    ...registration,
    oAuthClientId: registration.clientId,
    oAuthRedirectUris: registration.redirectUris,
    oAuthScopes: registration.scopes,
    latestAvailableVersion: registration.latestVersion,
    isListed: false,
    isVetted: false,
    isPreInstalled: false,
    isConfigured: true,
  };
}
