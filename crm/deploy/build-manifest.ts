import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { buildArtifact } from './artifact.ts';
import type { Manifest } from './manifest.ts';
import { APP_FOLDER, STANDARD_HUB_ADDRESS } from './staging.ts';
import { withSystemLinks } from './system-links.ts';

/**
 * Builds the manifest from `src/` with twenty-sdk, for a hub on the same machine and a server of 2.21. The same sources always give the
 * same text.
 */
export async function buildManifest(): Promise<Manifest> {
  const { manifest, systemLinks } = await buildArtifact({ hubAddress: STANDARD_HUB_ADDRESS });
  return withSystemLinks(manifest, systemLinks);
}

/** The committed manifest: enough to know what the application consists of, without a build. */
export const readManifest = async (): Promise<Manifest> =>
  JSON.parse(await readFile(join(APP_FOLDER, 'manifest.json'), 'utf8')) as Manifest;
