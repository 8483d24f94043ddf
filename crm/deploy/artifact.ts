import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { DeployError } from './errors.ts';
import type { Manifest } from './manifest.ts';
import { runSdk } from './sdk.ts';
import { APP_FOLDER, stageApp } from './staging.ts';
import type { SystemLinks } from './system-links.ts';

/** Everything that an installation gives to Twenty. What is planned and what is carried out come from the same one. */
export interface AppArtifact {
  /** Of the application, as in its package.json. */
  readonly version: string;
  readonly manifest: Manifest;
  /** What older servers need in the manifest besides. */
  readonly systemLinks: SystemLinks;
  readonly files: readonly AppFile[];
}

export type AppFile = {
  /** Twenty's name of the place where it keeps such files. */
  readonly folder: 'Dependencies' | 'BuiltFrontComponent';
  readonly path: string;
  readonly text: string;
};

export type BuildOptions = {
  /** Origin at which members' browsers reach the hub; the panels are built for this one. */
  readonly hubAddress: string;
  /** Keeps the last artefact here: a build takes some ten seconds and gives the same for the same sources and address. */
  readonly cacheFile?: string;
  readonly signal?: AbortSignal;
};

/** Builds the application with twenty-sdk, or takes what was built from the same sources for the same hub. Throws `DeployError`. */
export async function buildArtifact(options: BuildOptions): Promise<AppArtifact> {
  const { cacheFile } = options;
  const hubAddress = originOf(options.hubAddress);
  if (cacheFile === undefined) return await build({ ...options, hubAddress });
  const key = await cacheKey(hubAddress);
  const kept = await readKept(cacheFile);
  if (kept?.key === key) return kept.artifact;
  const artifact = await build({ ...options, hubAddress });
  await keep(cacheFile, { key, artifact });
  return artifact;
}

function originOf(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url !== undefined && (url.protocol === 'http:' || url.protocol === 'https:')) return url.origin;
  throw new DeployError(
    'usage',
    `"${address}" is not the address of a hub.`,
    'Set PUBLIC_URL to the address under which browsers reach the hub, for example https://hub.example.com',
  );
}

async function build({ hubAddress, signal }: BuildOptions): Promise<AppArtifact> {
  const staging = await stageApp({ hubAddress });
  try {
    const task = { kind: 'build', appPath: staging.appPath } as const;
    const output = await runSdk({ home: staging.home, task, ...(signal && { signal }) });
    return await readArtifact(output);
  } finally {
    await staging.close();
  }
}

async function readArtifact(folder: string): Promise<AppArtifact> {
  const read = (path: string): Promise<string> => readFile(join(folder, path), 'utf8');
  const manifest = JSON.parse(await read('manifest.json')) as Manifest;
  const packageText = await read('package.json');
  const components = manifest.frontComponents.map(async ({ builtComponentPath: path }): Promise<AppFile> => {
    return { folder: 'BuiltFrontComponent', path, text: await read(path) };
  });
  return {
    version: (JSON.parse(packageText) as { version: string }).version,
    manifest,
    systemLinks: JSON.parse(await read('system-links.json')) as SystemLinks,
    files: [{ folder: 'Dependencies', path: 'package.json', text: packageText }, ...(await Promise.all(components))],
  };
}

/** Differs whenever a build would give something else. */
async function cacheKey(hubAddress: string): Promise<string> {
  const hash = createHash('sha256').update(hubAddress);
  const inside = await readdir(join(APP_FOLDER, 'src'), { recursive: true, withFileTypes: true });
  const sources = inside.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const builders = ['package.json', 'deploy/staging.ts', 'deploy/sdk-task.ts', 'deploy/make-system-links.ts'].map(
    (path) => join(APP_FOLDER, path),
  );
  for (const file of [...sources.toSorted(), ...builders]) hash.update(file).update(await readFile(file));
  return hash.digest('hex');
}

type Kept = { readonly key: string; readonly artifact: AppArtifact };

/** A file that cannot be read is as good as none: it is made anew. */
async function readKept(file: string): Promise<Kept | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Kept;
  } catch {
    return undefined;
  }
}

/** Whole or not at all: another process may read it at the same time. */
async function keep(file: string, kept: Kept): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const fresh = `${file}.${process.pid}.new`;
  await writeFile(fresh, JSON.stringify(kept));
  await rename(fresh, file);
}
