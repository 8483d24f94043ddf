import type { Target } from './target.ts';
import type { Thing } from './thing.ts';

/** What the global setup made for this run of the suite. */
export type Run = {
  /** Random letters in everything the run creates, so that people recognise it. */
  name: string;
  target: Target;
  thing: Thing;
  /** Origin of the workspace, by which Twenty picks the workspace of a login. */
  origin: string;
  userToken?: string;
};

const runVariable = 'CONTRACT_RUN';

/** Hands what the global setup made to the test files, which jest runs in contexts of their own. */
export function publishRun(run: Run): void {
  process.env[runVariable] = JSON.stringify(run);
}

export function publishedRun(): Run {
  const run = process.env[runVariable];
  if (!run) throw new Error('Start the contract suite with `npm run test:contract`: its global setup has not run.');
  return JSON.parse(run) as Run;
}
