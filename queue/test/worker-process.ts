import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';

import type { BackendConfig } from '../index.ts';
import { queueName } from './support.ts';

/** A worker in a process of its own, whose jobs never end. */
export function startWorkerProcess(databaseUrl: string, backend: BackendConfig): ChildProcess {
  const settings = JSON.stringify({ databaseUrl, backend, name: queueName });
  const script = join(import.meta.dirname, 'fixtures/hanging-worker.ts');
  return spawn(process.execPath, [script, settings], { stdio: ['ignore', 'ignore', 'inherit'] });
}
