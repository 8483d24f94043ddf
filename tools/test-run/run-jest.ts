import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type JestReport, readReport, type Result } from './summary.ts';

export interface Suite {
  readonly name: string;
  /** Path of its jest configuration, from the root. */
  readonly config: string;
  /** Variables to set, or to take away. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

interface JestRun {
  readonly suite: Suite;
  readonly args: readonly string[];
  /** For temporary files of the tests. */
  readonly folder: string;
  /** Ends the run early. */
  readonly signal: AbortSignal;
}

const root = join(import.meta.dirname, '../..');

/** Runs jest with its output on the terminal. Nothing that it started is alive afterwards. */
export async function runJest({ suite, args, folder, signal }: JestRun): Promise<Result> {
  const report = join(folder, `${suite.name}.json`);
  const child = spawn(process.execPath, jestArguments(suite, report, args), {
    cwd: root,
    env: { ...process.env, ...suite.env, TMPDIR: folder },
    stdio: ['ignore', 'inherit', 'inherit'],
    // A process group of its own: so everything that tests start can be ended together.
    detached: true,
  });
  const stop = () => signalGroup(child, 'SIGTERM');
  signal.addEventListener('abort', stop, { once: true });
  const [code] = (await once(child, 'exit')) as [number | null];
  signal.removeEventListener('abort', stop);
  await endGroup(child);
  return readReport(await parseReport(report), code);
}

function jestArguments({ config }: Suite, report: string, args: readonly string[]): string[] {
  return [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    '--ci',
    `--config=${config}`,
    // Outside the folder that is thrown away after the run.
    '--cacheDirectory=node_modules/.cache/jest',
    // One more than cores: tests wait for databases, browsers and other processes more than they compute.
    `--maxWorkers=${Math.min(4, availableParallelism() + 1)}`,
    '--json',
    `--outputFile=${report}`,
    ...args,
  ];
}

/** Undefined when jest ended before it could write one. */
async function parseReport(file: string): Promise<JestReport | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as JestReport;
  } catch {
    return undefined;
  }
}

const PATIENCE_MS = 5_000;

async function endGroup(child: ChildProcess): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  signalGroup(child, 'SIGTERM');
  while (signalGroup(child, 0) && Date.now() < deadline) await delay(50);
  signalGroup(child, 'SIGKILL');
}

/** @returns whether there is still somebody in the group */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (child.pid === undefined) return false;
  try {
    return process.kill(-child.pid, signal);
  } catch {
    return false;
  }
}
