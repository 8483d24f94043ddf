import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';

import { DeployError } from './errors.ts';
import type { WorkspaceOptions } from './install-app.ts';

export type DeployCommand = {
  readonly name: 'crm:install' | 'crm:uninstall';
  readonly does: string;
  readonly run: (options: WorkspaceOptions) => Promise<{ readonly outcome: string }>;
};

const usage = ({ name, does }: DeployCommand): string => `${does}
Says what it will do first, and asks when somebody sits at the terminal.

  npm run ${name} -- --url URL --key KEY [--dry-run] [--yes] [--force]

  --url      address of Twenty, such as https://crm.example.com; default: TWENTY_URL
  --key      API key of a role that may manage applications; - reads it from standard input; default: TWENTY_API_KEY
  --dry-run  only say what would be done
  --yes      do not ask
  --force    go on when data would be destroyed`;

/** Runs one command of this folder from the command line and gives its exit code. */
export async function runCommand(
  command: DeployCommand,
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  const abort = new AbortController();
  const stop = (): void =>
    abort.abort(new DeployError('server', 'Stopped.', 'Run the same command again: it continues where it is needed.'));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const options = await optionsOf(argv, environment);
    if (options === undefined) console.log(usage(command));
    else await carryOut(command, { ...options, log: (line) => console.log(line), signal: abort.signal });
    return 0;
  } catch (error) {
    const problem = error instanceof DeployError ? error : misused(error);
    if (problem === undefined) throw error;
    console.error(`${problem.message}\n${problem.remedy}`);
    return problem.exitCode;
  }
}

async function carryOut({ run }: DeployCommand, options: WorkspaceOptions): Promise<void> {
  const { outcome } = await run(options);
  if (outcome === 'declined') console.log('Nothing was changed.');
}

/** Nothing when help is asked for. */
async function optionsOf(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Omit<WorkspaceOptions, 'log' | 'signal'> | undefined> {
  const string = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args: [...argv],
    options: { url: string, key: string, force: flag, yes: flag, 'dry-run': flag, help: flag },
  });
  if (values.help) return undefined;
  const url = values.url ?? environment['TWENTY_URL'];
  const apiKey = (
    values.key === '-' ? await text(process.stdin) : (values.key ?? environment['TWENTY_API_KEY'])
  )?.trim();
  if (!url || !apiKey) throw new DeployError('usage', 'Both --url and --key are needed.', 'See --help.');
  const isAttended = process.stdin.isTTY && process.stdout.isTTY && !values.yes;
  return { url, apiKey, force: values.force, dryRun: values['dry-run'], ...(isAttended && { confirm: askAtTerminal }) };
}

async function askAtTerminal(): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^(y|yes)$/i.test((await terminal.question('Go on? [y/N] ')).trim());
  } finally {
    terminal.close();
  }
}

/** What `parseArgs` complains about is the caller's mistake, everything else is ours. */
function misused(error: unknown): DeployError | undefined {
  const code = (error as { code?: unknown }).code;
  if (!(error instanceof Error) || typeof code !== 'string' || !code.startsWith('ERR_PARSE_ARGS')) return undefined;
  return new DeployError('usage', error.message, 'See --help.');
}
