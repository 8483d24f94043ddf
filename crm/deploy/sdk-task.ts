import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { appBuild } from 'twenty-sdk/cli';

import { makeSystemLinks } from './make-system-links.ts';
import type { Manifest } from './manifest.ts';
import type { SdkMessage, SdkTask } from './sdk-messages.ts';

/**
 * Runs twenty-sdk in a process of its own, started by `sdk.ts`. The SDK keeps its state in static members and in `$HOME`, both
 * fixed when it is loaded, and it is large: the hub builds now and then and need not carry it all the time.
 */
const send = (message: SdkMessage): void => {
  process.send?.(message);
};

async function carryOut({ appPath }: SdkTask): Promise<void> {
  try {
    const built = await appBuild({ appPath, onProgress: (text) => send({ kind: 'progress', text }) });
    if (!built.success) return send({ kind: 'failed', reason: built.error.message });
    await addSystemLinks(built.data.outputDir);
    send({ kind: 'done', outputFolder: built.data.outputDir });
  } catch (error) {
    send({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
  } finally {
    process.disconnect();
  }
}

async function addSystemLinks(folder: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as Manifest;
  await writeFile(join(folder, 'system-links.json'), JSON.stringify(makeSystemLinks(manifest)));
}

process.once('message', (task: SdkTask) => void carryOut(task));
