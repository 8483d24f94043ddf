import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';

import { DeployError } from './errors.ts';
import type { InstallOptions } from './install-app.ts';

type Command = {
  readonly name: 'crm:install' | 'crm:uninstall';
  readonly does: string;
  readonly run: (options: InstallOptions) => Promise<unknown>;
};

const usage = ({ name, does }: Command): string => `${does}

  npm run ${name} -- --url URL --key KEY [--dry-run] [--force]

  --url      address of Twenty, such as https://crm.example.com
  --key      API key of a role that may manage applications; - reads it from standard input
  --dry-run  only say what would be done
  --force    go on when data would be destroyed`;

/** Runs one command of this folder from the command line and gives its exit code. */
export async function runCommand(command: Command, argv: readonly string[]): Promise<number> {
  const abort = new AbortController();
  const stop = (): void =>
    abort.abort(new DeployError('server', 'Stopped.', 'Run the same command again: it continues where it is needed.'));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const options = await optionsOf(argv);
    if (options === undefined) console.log(usage(command));
    else await command.run({ ...options, log: (line) => console.log(line), signal: abort.signal });
    return 0;
  } catch (error) {
    const problem = error instanceof DeployError ? error : misused(error);
    if (problem === undefined) throw error;
    console.error(`${problem.message}\n${problem.remedy}`);
    return problem.exitCode;
  }
}

/** Nothing when help is asked for. */
async function optionsOf(argv: readonly string[]) {
  const string = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args: [...argv],
    options: { url: string, key: string, force: flag, 'dry-run': flag, help: flag },
  });
  if (values.help) return undefined;
  const apiKey = (values.key === '-' ? await text(process.stdin) : values.key)?.trim();
  if (!values.url || !apiKey) throw new DeployError('usage', 'Both --url and --key are needed.', 'See --help.');
  return { url: values.url, apiKey, force: values.force, dryRun: values['dry-run'] };
}

/** What `parseArgs` complains about is the caller's mistake, everything else is ours. */
function misused(error: unknown): DeployError | undefined {
  const code = (error as { code?: unknown }).code;
  if (!(error instanceof Error) || typeof code !== 'string' || !code.startsWith('ERR_PARSE_ARGS')) return undefined;
  return new DeployError('usage', error.message, 'See --help.');
}
