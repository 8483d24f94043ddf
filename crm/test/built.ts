import { oncePerRun } from '@switchboard/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { buildArtifact, type AppArtifact } from '../deploy/artifact.ts';

export interface Built {
  readonly artifact: AppArtifact;
  /** With these an installation uses this build. */
  readonly options: { readonly hubAddress: string; readonly cacheFile: string };
}

/** The hub for which the panels are built. */
export const HUB = 'https://hub.example.com';

/** Takes some ten seconds, and so is done once per run of the tests. */
export async function builtOnce(): Promise<Built> {
  const { cacheFile } = await oncePerRun('crm-app', async () => (await buildAnew(HUB)).options);
  const options = { hubAddress: HUB, cacheFile };
  return { artifact: await buildArtifact(options), options };
}

export async function buildAnew(hubAddress: string): Promise<Built & { readonly close: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'switchboard-built-'));
  const options = { hubAddress, cacheFile: join(folder, 'crm-app.json') };
  const artifact = await buildArtifact(options);
  return { artifact, options, close: () => rm(folder, { recursive: true, force: true }) };
}

/** The program of a front component. */
export function bundleOf({ artifact }: Built, name: string): string {
  const file = artifact.files.find(({ path }) => path.endsWith(`/${name}.front-component.mjs`));
  if (file === undefined) throw new Error(`There is no front component ${name}`);
  return file.text;
}
