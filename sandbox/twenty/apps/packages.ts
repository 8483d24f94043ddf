import { parseTarGzip } from 'nanotar';
import semver from 'semver';
import { GraphqlError } from '../errors.ts';
import { readStored, writeStored } from '../files/disk.ts';
import type { Server } from '../server.ts';
import { storeApplicationFile, versionOf } from './application-files.ts';
import { ensureApplication, findApplication, type Application } from './applications.ts';
import { applicationNotFound, invalidApplicationInput } from './errors.ts';
import type { Manifest } from './manifest/manifest.ts';
import { findRegistration, insertRegistration, type Registration } from './registrations.ts';
import { applySync } from './sync/sync.ts';

type Package = { manifest: Manifest; version: string | null; packageJson: string | undefined };

/** Publishes a packed application for the workspaces of this server: `twenty app:publish --private`. */
export async function publishPackage(
  server: Server,
  workspaceId: string,
  tarball: Buffer,
  universalIdentifier?: string,
): Promise<Registration> {
  const { manifest, version } = await openPackage(tarball);
  const identifier = universalIdentifier ?? manifest.application.universalIdentifier;
  const registration =
    (await findRegistration(server.store, identifier)) ??
    (await insertRegistration(server.store, {
      universalIdentifier: identifier,
      ownerWorkspaceId: workspaceId,
      name: manifest.application.displayName,
      redirectUris: [],
      grantTypes: [],
      scopes: [],
      sourceType: 'TARBALL',
    }));
  if (registration === undefined) throw applicationNotFound(`No registration found for "${identifier}"`);
  demandHigherVersion(registration, version);
  const packagePath = `packages/${registration.id}.tar.gz`;
  await writeStored(server.filesDir, packagePath, tarball);
  await server.store.query(
    `update application_registration
        set source_type = 'TARBALL', latest_version = $2, package_path = $3, name = $4, updated_at = $5 where id = $1`,
    [registration.id, version, packagePath, manifest.application.displayName, server.clock()],
  );
  return { ...registration, latestVersion: version, packagePath, sourceType: 'TARBALL' };
}

/** Installs the published version, or upgrades to it. */
export async function installPackage(
  server: Server,
  workspaceId: string,
  universalIdentifier: string,
): Promise<Application> {
  const registration = await findRegistration(server.store, universalIdentifier);
  const path = registration?.packagePath ?? undefined;
  const tarball = path === undefined ? undefined : await readStored(server.filesDir, path);
  if (registration === undefined || tarball === undefined) {
    throw applicationNotFound(`Application registration with universal identifier ${universalIdentifier} not found`);
  }
  const { manifest, version, packageJson } = await openPackage(tarball);
  demandUpgrade(universalIdentifier, version, await findApplication(server.store, workspaceId, universalIdentifier));
  const application = await ensureApplication(server.store, workspaceId, registration);
  if (packageJson !== undefined) {
    await storeApplicationFile(server, application, 'Dependencies', 'package.json', Buffer.from(packageJson));
  }
  await applySync(server, application, manifest, version);
  return application;
}

async function openPackage(tarball: Buffer): Promise<Package> {
  const files = await parseTarGzip(tarball).catch((error: unknown) => {
    throw new GraphqlError('Failed to extract tarball', 'INTERNAL_SERVER_ERROR', {
      userFriendlyMessage: 'Failed to extract tarball.',
      extensions: { cause: String(error) },
    });
  });
  // `npm pack` puts everything below `package/`.
  const text = (name: string) => files.find((file) => file.name.replace(/^(\.\/)?(package\/)?/, '') === name)?.text;
  const manifest = text('manifest.json');
  if (manifest === undefined) throw invalidApplicationInput('manifest.json not found or invalid in tarball');
  const packageJson = text('package.json');
  return {
    manifest: JSON.parse(manifest) as Manifest,
    version: packageJson === undefined ? null : versionOf(packageJson),
    packageJson,
  };
}

function demandHigherVersion(registration: Registration, version: string | null): void {
  const { latestVersion, universalIdentifier } = registration;
  if (registration.sourceType !== 'TARBALL' || latestVersion === null || version === null) return;
  if (semver.gt(version, latestVersion)) return;
  throw new GraphqlError(
    `Cannot deploy ${universalIdentifier}@${version}: version must be higher than the currently deployed version ${latestVersion}. Please bump the version in package.json.`,
    'BAD_USER_INPUT',
    {
      subCode: 'VERSION_ALREADY_EXISTS',
      userFriendlyMessage:
        'This version is not higher than the currently deployed version. Please bump the version in package.json before deploying again.',
    },
  );
}

function demandUpgrade(identifier: string, version: string | null, installed: Application | undefined): void {
  const current = installed?.definition.version ?? null;
  if (current === null || version === null || semver.gt(version, current)) return;
  const isSame = semver.eq(version, current);
  throw new GraphqlError(
    isSame
      ? `${identifier}@${version} is already installed in this workspace.`
      : `Cannot install ${identifier}@${version}: version ${current} is already installed and downgrading is not allowed.`,
    'BAD_USER_INPUT',
    {
      subCode: isSame ? 'APP_ALREADY_INSTALLED' : 'CANNOT_DOWNGRADE_APPLICATION',
      userFriendlyMessage: isSame
        ? 'This version of the application is already installed in this workspace.'
        : 'A higher version of this application is already installed. Downgrading is not allowed.',
    },
  );
}
