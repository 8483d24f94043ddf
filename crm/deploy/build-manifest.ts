import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Manifest } from './manifest.ts';
import { readReleased, releasedOf, withReleased } from './released.ts';
import { runSdk } from './sdk.ts';
import { APP_FOLDER, stageApp } from './staging.ts';

const MANIFEST_FILE = join(APP_FOLDER, 'manifest.json');
export const RELEASED_FILE = join(APP_FOLDER, 'released.json');

/** Builds the manifest from `src/` with twenty-sdk. The same sources always give the same text. */
export async function buildManifest(): Promise<Manifest> {
  const staging = await stageApp();
  try {
    const task = { kind: 'build', appPath: staging.appPath } as const;
    const output = await runSdk({ home: staging.home, task, onProgress: () => {} });
    return JSON.parse(await readFile(join(output, 'manifest.json'), 'utf8')) as Manifest;
  } finally {
    await staging.close();
  }
}

/** Writes `manifest.json` and adds what is new to `released.json`; what was released once stays in it. */
async function writeManifest(): Promise<void> {
  const manifest = await buildManifest();
  await writeFile(MANIFEST_FILE, `${JSON.stringify(manifest, null, 2)}\n`);
  const released = withReleased(await readReleased(RELEASED_FILE), releasedOf(manifest));
  await writeFile(RELEASED_FILE, `${JSON.stringify(released, null, 2)}\n`);
}

if (import.meta.main) await writeManifest();
