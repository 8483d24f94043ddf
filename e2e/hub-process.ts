import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { waitFor } from '@switchboard/testing';

const main = join(import.meta.dirname, '../main.ts');

export interface HubProcess {
  /** As a power cut would: no handler runs, nothing is flushed. */
  readonly kill: () => Promise<void>;
  /** As Ctrl-C does. @returns the exit code */
  readonly stop: () => Promise<number | null>;
  readonly output: () => string;
}

/** Starts a process of the hub as an operator does: `node main.ts ROLE`. */
export async function startHubProcess(
  role: 'all' | 'web' | 'worker',
  env: Readonly<Record<string, string>>,
): Promise<HubProcess> {
  const child = spawn(process.execPath, [main, role], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await waitFor(
    `the ${role} process to be ready`,
    () => {
      if (child.exitCode !== null) throw new Error(`The ${role} process ended with ${child.exitCode}:\n${output}`);
      return output.includes('"msg":"Ready"');
    },
    60_000,
  );
  return {
    kill: async () => {
      await end(child, 'SIGKILL');
    },
    stop: async () => await end(child, 'SIGINT'),
    output: () => output,
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
  return child.exitCode;
}
