import { readFileSync } from 'node:fs';
import type { TwentyClient } from './twenty-client.ts';

interface Manifest {
  readonly application: { readonly universalIdentifier: string; readonly displayName: string };
}

/**
 * Installs our Twenty application from its committed manifest, with the calls that Twenty's own tool makes, less the upload of
 * source files: `npm run crm:install` does it all, and takes longer.
 */
export async function installApp(twenty: TwentyClient, manifestFile: URL): Promise<void> {
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as Manifest;
  const { universalIdentifier, displayName: name } = manifest.application;
  await twenty.metadata(
    `mutation Register($input: CreateApplicationRegistrationInput!) {
      createApplicationRegistration(input: $input) { applicationRegistration { id } }
    }`,
    { input: { name, universalIdentifier } },
  );
  await twenty.metadata(
    `mutation Create($universalIdentifier: String!, $name: String!) {
      createDevelopmentApplication(universalIdentifier: $universalIdentifier, name: $name) { id }
    }`,
    { universalIdentifier, name },
  );
  await twenty.metadata('mutation Sync($manifest: JSON!) { syncApplication(manifest: $manifest) { actions } }', {
    manifest,
  });
}
