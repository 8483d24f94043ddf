import { resolve } from 'node:path';
import { DemoError } from './demo-call/error.ts';
import { readOptions, usage } from './demo-call/options.ts';
import { runDemoCall } from './demo-call/run.ts';
import { readState } from './state.ts';

const PATIENCE_MS = 10_000;

/** @returns the exit code: 0 the call has its record, 1 it has not, 2 the arguments make no sense */
async function main(args: readonly string[]): Promise<number> {
  const options = optionsOrProblem(args);
  if (options === 'help') return say(usage, 0);
  if (options instanceof Error) return say(`${options.message}\n\n${usage}`, 2);
  const sandbox = readState(dataFolder());
  if (sandbox === undefined)
    return say('There is no sandbox here yet. Start it with "npm start", in another window.', 1);
  try {
    await runDemoCall({ options, sandbox, patienceMs: PATIENCE_MS, print: console.log });
    return 0;
  } catch (error) {
    if (error instanceof DemoError) return say(error.message, 1);
    throw error;
  }
}

function optionsOrProblem(args: readonly string[]): ReturnType<typeof readOptions> | Error {
  try {
    return readOptions(args);
  } catch (error) {
    return error as Error;
  }
}

/** Where `npm start` keeps its data, told in the same two ways. */
function dataFolder(): string {
  try {
    process.loadEnvFile();
  } catch {
    // No .env: only the process's own variables count.
  }
  return resolve(process.env['DATA_DIR'] || '.data');
}

function say(text: string, code: number): number {
  (code === 0 ? console.log : console.error)(text);
  return code;
}

process.exitCode = await main(process.argv.slice(2));
