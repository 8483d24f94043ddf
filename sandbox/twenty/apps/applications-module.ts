import { randomUUID } from 'node:crypto';
import { requireAuth, requireFlag } from '../auth/require.ts';
import type { MetadataModule } from '../metadata-api/module.ts';
import type { RequestContext, Server } from '../server.ts';
import { removeApplicationFiles, storeApplicationFile, uploadedVersion } from './application-files.ts';
import { applicationTypeDefs } from './application-sdl.ts';
import { applicationTokens, renewApplicationTokens } from './application-tokens.ts';
import {
  ensureApplication,
  findApplication,
  findApplicationById,
  listApplications,
  type Application,
} from './applications.ts';
import { listEntities } from './entity-store.ts';
import { applicationNotFound } from './errors.ts';
import type { Manifest } from './manifest/manifest.ts';
import { installPackage } from './packages.ts';
import { findRegistration, findRegistrationById } from './registrations.ts';
import { describeChange } from './sync/actions.ts';
import { applySync, planSync, removeApplication } from './sync/sync.ts';

export const applicationsModule: MetadataModule = {
  typeDefs: applicationTypeDefs,
  queries: {
    findManyApplications: async (_args, context) => {
      const { workspaceId } = await requireFlag(context, 'APPLICATIONS');
      const applications = await listApplications(context.server.store, workspaceId);
      return applications.map((application) => describe(context.server, application));
    },
    findOneApplication: async ({ id, universalIdentifier }, context) => {
      const { workspaceId } = await requireFlag(context, 'APPLICATIONS');
      const { store } = context.server;
      const application =
        id === undefined
          ? await findApplication(store, workspaceId, universalIdentifier)
          : await findApplicationById(store, workspaceId, id);
      if (application === undefined) throw applicationNotFound('Application not found in workspace.');
      return describe(context.server, application);
    },
    frontComponents: (_args, context) => frontComponents(context.server, requireAuth(context).workspaceId),
    frontComponent: async ({ id }, context) => {
      const { workspaceId } = requireAuth(context);
      return (await frontComponents(context.server, workspaceId)).find((component) => component.id === id) ?? null;
    },
    commandMenuItems: (_args, context) => commandMenuItems(context.server, requireAuth(context).workspaceId),
  },
  mutations: {
    createDevelopmentApplication: async ({ universalIdentifier }, context) => {
      const { workspaceId } = await requireFlag(context, 'APPLICATIONS');
      const registration = await findRegistration(context.server.store, universalIdentifier);
      if (registration === undefined) throw noRegistration(universalIdentifier);
      return ensureApplication(context.server.store, workspaceId, registration);
    },
    syncApplication: async ({ manifest, dryRun }, context) => {
      const { workspaceId } = await requireFlag(context, 'APPLICATIONS');
      const changes = await sync(context.server, workspaceId, manifest, dryRun === true);
      return {
        applicationUniversalIdentifier: manifest.application.universalIdentifier,
        actions: changes.map(describeChange),
      };
    },
    uploadApplicationFile: async ({ file, applicationUniversalIdentifier, fileFolder, filePath }, context) => {
      const application = await installed(context, applicationUniversalIdentifier);
      await storeApplicationFile(context.server, application, fileFolder, filePath, file.content);
      return { id: randomUUID(), path: filePath, size: file.content.length, createdAt: context.server.clock() };
    },
    installApplication: async ({ universalIdentifier }, context) => {
      const { workspaceId } = await requireFlag(context, 'APPLICATIONS');
      return describe(context.server, await installPackage(context.server, workspaceId, universalIdentifier));
    },
    uninstallApplication: async ({ universalIdentifier }, context) => {
      const application = await installed(context, universalIdentifier);
      await removeApplication(context.server, application);
      await removeApplicationFiles(context.server, application);
      return true;
    },
    generateApplicationToken: async ({ applicationId }, context) => {
      const { workspaceId } = await requireFlag(context, 'APPLICATIONS');
      const application = await findApplicationById(context.server.store, workspaceId, applicationId);
      if (application === undefined) {
        throw applicationNotFound(`Application with id ${applicationId} not found in workspace ${workspaceId}`);
      }
      return tokensOfCaller(context, applicationId);
    },
    renewApplicationToken: ({ applicationRefreshToken }, context) => {
      requireAuth(context);
      return renewApplicationTokens(context.server, applicationRefreshToken);
    },
  },
};

async function sync(server: Server, workspaceId: string, manifest: Manifest, dryRun: boolean) {
  const { universalIdentifier } = manifest.application;
  const application = await findApplication(server.store, workspaceId, universalIdentifier);
  if (dryRun) return planSync(server, workspaceId, application, manifest);
  if ((await findRegistration(server.store, universalIdentifier)) === undefined) {
    throw noRegistration(universalIdentifier);
  }
  if (application !== undefined) {
    return applySync(server, application, manifest, await uploadedVersion(server, application));
  }
  throw applicationNotFound(
    `Application "${universalIdentifier}" not found in workspace "${workspaceId}". Run createDevelopmentApplication first.`,
  );
}

async function installed(context: RequestContext, universalIdentifier: string): Promise<Application> {
  const { workspaceId } = await requireFlag(context, 'APPLICATIONS');
  const application = await findApplication(context.server.store, workspaceId, universalIdentifier);
  if (application === undefined) throw applicationNotFound('Application not found in workspace.');
  return application;
}

function noRegistration(universalIdentifier: string) {
  return applicationNotFound(
    `No registration found for "${universalIdentifier}". Create one first with createApplicationRegistration.`,
  );
}

function describe(server: Server, application: Application) {
  const { registrationId, ...definition } = application.definition;
  const own = async <E extends { applicationId: string }>(entities: Promise<E[]>) =>
    (await entities).filter((entity) => entity.applicationId === application.id);
  return {
    id: application.id,
    name: application.name,
    universalIdentifier: application.universalIdentifier,
    ...definition,
    applicationRegistrationId: registrationId,
    canBeUninstalled: true,
    frontComponents: () => own(frontComponents(server, application.workspaceId)),
    commandMenuItems: () => own(commandMenuItems(server, application.workspaceId)),
    applicationRegistration: async () => {
      const registration =
        registrationId === null ? undefined : await findRegistrationById(server.store, registrationId);
      return registration === undefined
        ? null
        : { ...registration, latestAvailableVersion: registration.latestVersion };
    },
  };
}

async function frontComponents(server: Server, workspaceId: string) {
  const entities = await listEntities(server.store, workspaceId, ['frontComponent']);
  return entities.map(({ id, applicationId, definition }) => ({
    name: '',
    isHeadless: false,
    ...definition,
    id,
    applicationId,
    applicationTokenPair: (_args: unknown, context: RequestContext) => tokensOfCaller(context, applicationId),
  }));
}

/** Every member gets one, whatever his role: it lets a component act for him (Twenty 2.21, measured). */
function tokensOfCaller(context: RequestContext, applicationId: string) {
  const { workspaceId, userId, userWorkspaceId } = requireAuth(context);
  return applicationTokens(context.server, {
    applicationId,
    workspaceId,
    ...(userId !== undefined && { userId }),
    ...(userWorkspaceId !== undefined && { userWorkspaceId }),
  });
}

async function commandMenuItems(server: Server, workspaceId: string) {
  const entities = await listEntities(server.store, workspaceId, ['commandMenuItem', 'frontComponent']);
  const component = new Map(entities.map((entity) => [entity.universalIdentifier, entity.id]));
  return entities
    .filter((entity) => entity.kind === 'commandMenuItem')
    .map(({ id, applicationId, definition }) => ({
      ...definition,
      id,
      applicationId,
      frontComponentId: component.get(String(definition['frontComponentUniversalIdentifier'])) ?? null,
    }));
}
