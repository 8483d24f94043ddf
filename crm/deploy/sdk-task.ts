import { appBuild } from 'twenty-sdk/cli';

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
    if (built.success) send({ kind: 'done', outputFolder: built.data.outputDir });
    else send({ kind: 'failed', reason: built.error.message });
  } catch (error) {
    send({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
  }
  process.disconnect();
}

process.once('message', (task: SdkTask) => void carryOut(task));
