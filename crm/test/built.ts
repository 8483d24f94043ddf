import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { buildArtifact, type AppArtifact } from '../deploy/artifact.ts';

export interface Built {
  readonly artifact: AppArtifact;
  /** With these an installation uses this build. */
  readonly options: { readonly hubAddress: string; readonly cacheFile: string };
  close(): Promise<void>;
}

/** A build takes seconds: one per test file. */
export async function buildOnce(hubAddress = 'https://hub.example.com'): Promise<Built> {
  const folder = await mkdtemp(join(tmpdir(), 'switchboard-built-'));
  const options = { hubAddress, cacheFile: join(folder, 'crm-app.json') };
  const artifact = await buildArtifact(options);
  return { artifact, options, close: () => rm(folder, { recursive: true, force: true }) };
}
