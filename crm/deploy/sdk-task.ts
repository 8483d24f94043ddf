import { appBuild, appDevOnce, authLogin } from 'twenty-sdk/cli';

import type { SdkMessage, SdkTask } from './sdk-messages.ts';

/**
 * Runs one task of twenty-sdk in a process of its own, started by `sdk.ts`. The SDK keeps its state in static members and
 * in `$HOME`, both fixed when it is loaded, so it cannot serve two workspaces in one process.
 */
const send = (message: SdkMessage): void => {
  process.send?.(message);
};

const onProgress = (text: string): void => send({ kind: 'progress', text });

async function build(appPath: string): Promise<void> {
  const built = await appBuild({ appPath, onProgress });
  if (built.success) send({ kind: 'done', outputFolder: built.data.outputDir });
  else send({ kind: 'failed', reason: built.error.message });
}

async function apply(task: Extract<SdkTask, { kind: 'apply' }>): Promise<void> {
  const login = await authLogin({ apiUrl: task.url, apiKey: task.apiKey, remote: 'switchboard' });
  if (!login.success) return send({ kind: 'failed', reason: login.error.message });
  // The plan has been shown and agreed to before this process is started.
  const applied = await appDevOnce({ appPath: task.appPath, apply: true, force: true, onProgress });
  if (applied.success) send({ kind: 'done', outputFolder: applied.data.outputDir });
  else send({ kind: 'failed', reason: applied.error.message });
}

async function carryOut(task: SdkTask): Promise<void> {
  try {
    await (task.kind === 'build' ? build(task.appPath) : apply(task));
  } catch (error) {
    send({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
  }
  process.disconnect();
}

process.once('message', (task: SdkTask) => void carryOut(task));
