import { readFileSync } from 'node:fs';
import type { TwentyClient } from './twenty-client.ts';

interface Manifest {
  readonly application: { readonly universalIdentifier: string; readonly displayName: string };
}

/**
 * Installs our Twenty application from its committed manifest, with the calls that Twenty's own tool makes, less the build:
 * `npm run crm:install` does it all, and takes longer.
 *
 * @param appFolder where `manifest.json` and `package.json` of the application are
 */
export async function installApp(twenty: TwentyClient, appFolder: URL): Promise<void> {
  const manifest = JSON.parse(readFileSync(new URL('manifest.json', appFolder), 'utf8')) as Manifest;
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
  await twenty.upload(
    `mutation Upload($file: Upload!, $applicationUniversalIdentifier: String!, $fileFolder: FileFolder!, $filePath: String!) {
      uploadApplicationFile(file: $file, applicationUniversalIdentifier: $applicationUniversalIdentifier, fileFolder: $fileFolder, filePath: $filePath) { path }
    }`,
    { applicationUniversalIdentifier: universalIdentifier, fileFolder: 'Dependencies', filePath: 'package.json' },
    new Blob([readFileSync(new URL('package.json', appFolder))], { type: 'application/json' }),
  );
  await twenty.metadata('mutation Sync($manifest: JSON!) { syncApplication(manifest: $manifest) { actions } }', {
    manifest,
  });
}
