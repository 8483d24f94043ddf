import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { buildArtifact } from './artifact.ts';
import type { Manifest } from './manifest.ts';
import { APP_FOLDER, STANDARD_HUB_ADDRESS } from './staging.ts';

/** Builds the manifest from `src/` with twenty-sdk, for a hub on the same machine. The same sources always give the same text. */
export const buildManifest = async (): Promise<Manifest> =>
  (await buildArtifact({ hubAddress: STANDARD_HUB_ADDRESS })).manifest;

/** The committed manifest: enough to know what the application consists of, without a build. */
export const readManifest = async (): Promise<Manifest> =>
  JSON.parse(await readFile(join(APP_FOLDER, 'manifest.json'), 'utf8')) as Manifest;
