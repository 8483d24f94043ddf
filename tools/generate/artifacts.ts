import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeApi, renderEnvExample } from '@switchboard/core';
import { buildManifest, renderReleased } from '@switchboard/crm/generate';
import { listPlugins } from '../checks/plugin-folders.ts';
import { renderReadme } from './plugin-readme.ts';
import { renderRegistry } from './registry.ts';

/** A committed file that follows from others. */
interface Artifact {
  /** From the root. */
  readonly path: string;
  /** @param current the file's text, empty when it is missing */
  readonly render: (current: string) => string | Promise<string>;
}

async function listArtifacts(root: string): Promise<Artifact[]> {
  const plugins = await listPlugins(root);
  const manifest = await buildManifest();
  return [
    { path: '.env.example', render: () => renderEnvExample() },
    { path: 'plugins/index.ts', render: () => renderRegistry(plugins) },
    { path: 'docs/openapi.json', render: () => toJson(describeApi('http://localhost:4400')) },
    ...plugins.map((id) => ({
      path: `plugins/${id}/README.md`,
      render: async (current: string) => await renderReadme(root, id, current),
    })),
    { path: 'crm/manifest.json', render: () => toJson(manifest) },
    { path: 'crm/released.json', render: (current: string) => renderReleased(current, manifest) },
  ];
}

/** @returns the paths of the files that were not fresh */
export async function writeAll(root: string): Promise<string[]> {
  const written: string[] = [];
  for (const artifact of await listArtifacts(root)) {
    const { current, fresh } = await compare(root, artifact);
    if (current === fresh) continue;
    await writeFile(join(root, artifact.path), fresh);
    written.push(artifact.path);
  }
  return written;
}

/** @returns one sentence per file that is not what the generator would write */
export async function findDrift(root: string): Promise<string[]> {
  const drift: string[] = [];
  for (const artifact of await listArtifacts(root)) {
    const { current, fresh } = await compare(root, artifact);
    if (current !== fresh) drift.push(`${artifact.path} is not fresh: run "npm run generate" and commit it.`);
  }
  return drift;
}

async function compare(root: string, { path, render }: Artifact): Promise<{ current: string; fresh: string }> {
  const current = await readFile(join(root, path), 'utf8').catch(() => '');
  return { current, fresh: await render(current) };
}

const toJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
