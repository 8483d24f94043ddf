import type { AppArtifact } from './artifact.ts';
import type { WorkspaceApi } from './metadata-api.ts';

const FIND_REGISTRATION = `query FindRegistration($universalIdentifier: String!) {
  findApplicationRegistrationByUniversalIdentifier(universalIdentifier: $universalIdentifier) { id }
}`;

const REGISTER = `mutation Register($input: CreateApplicationRegistrationInput!) {
  createApplicationRegistration(input: $input) { applicationRegistration { id } }
}`;

const CREATE = `mutation CreateApplication($universalIdentifier: String!, $name: String!) {
  createDevelopmentApplication(universalIdentifier: $universalIdentifier, name: $name) { id }
}`;

const UPLOAD = `mutation Upload($file: Upload!, $applicationUniversalIdentifier: String!, $fileFolder: FileFolder!, $filePath: String!) {
  uploadApplicationFile(
    file: $file, applicationUniversalIdentifier: $applicationUniversalIdentifier, fileFolder: $fileFolder, filePath: $filePath
  ) { path }
}`;

const SYNC =
  'mutation Sync($manifest: JSON!) { syncApplication(manifest: $manifest) { applicationUniversalIdentifier } }';

/**
 * Gives an artefact to Twenty: registration, application, files, manifest, in the order in which Twenty's own tool does it. Each step may be
 * repeated, and the last one is applied as a whole, so that an attempt that broke off is healed by the next.
 */
export async function applyArtifact(api: WorkspaceApi, { manifest, files }: AppArtifact): Promise<void> {
  const { universalIdentifier, displayName: name } = manifest.application;
  await ensureRegistration(api, universalIdentifier, name);
  await api.metadata(CREATE, { universalIdentifier, name });
  for (const { folder, path, text } of files) {
    const variables = { applicationUniversalIdentifier: universalIdentifier, fileFolder: folder, filePath: path };
    await api.upload(UPLOAD, variables, new Blob([text]));
  }
  await api.metadata(SYNC, { manifest });
}

/** All workspaces of a server share one, and only one can be made. */
async function ensureRegistration(api: WorkspaceApi, universalIdentifier: string, name: string): Promise<void> {
  const found = await api.metadata<{ findApplicationRegistrationByUniversalIdentifier: { id: string } | null }>(
    FIND_REGISTRATION,
    { universalIdentifier },
  );
  if (found.findApplicationRegistrationByUniversalIdentifier !== null) return;
  await api.metadata(REGISTER, { input: { name, universalIdentifier } });
}
