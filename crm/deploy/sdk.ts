import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { DeployError } from './errors.ts';
import type { SdkMessage, SdkTask } from './sdk-messages.ts';

type SdkRun = {
  readonly home: string;
  readonly task: SdkTask;
  readonly onProgress?: (text: string) => void;
  readonly signal?: AbortSignal;
};

/** Runs one task of twenty-sdk and gives the folder with its output. Throws `DeployError` with the SDK's reason. */
export async function runSdk(run: SdkRun): Promise<string> {
  run.signal?.throwIfAborted();
  const child = fork(join(import.meta.dirname, 'sdk-task.ts'), [], {
    // A home of its own, and nothing else of our environment: it holds settings and secrets of the hub.
    env: { HOME: run.home },
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const stop = (): void => void child.kill();
  run.signal?.addEventListener('abort', stop, { once: true });
  try {
    return await outcomeOf(child, run);
  } finally {
    run.signal?.removeEventListener('abort', stop);
    stop();
    // The SDK's own children may hold the other end for a while after it was stopped.
    child.stderr?.destroy();
  }
}

async function outcomeOf(child: ChildProcess, run: SdkRun): Promise<string> {
  let last: SdkMessage | undefined;
  let complaints = '';
  child.stderr?.on('data', (chunk: Buffer) => (complaints = (complaints + chunk.toString()).slice(-2000)));
  child.on('message', (message: SdkMessage) => {
    if (message.kind === 'progress') run.onProgress?.(message.text);
    else last = message;
  });
  child.send(run.task);
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  if (last?.kind === 'done') return last.outputFolder;
  run.signal?.throwIfAborted();
  const reason = last?.kind === 'failed' ? last.reason : `${complaints.trim()} (exit ${code ?? signal})`;
  throw new DeployError(
    'sdk',
    `twenty-sdk failed: ${reason}`,
    'Nothing was changed in Twenty: remove the reason and run the same command again.',
  );
}
