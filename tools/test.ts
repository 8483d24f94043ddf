import { ensurePrograms } from './test-run/programs.ts';
import { settle, worthOnceMore } from './test-run/once-more.ts';
import { type JestRun, type Suite, runJest } from './test-run/run-jest.ts';
import { createScratch } from './test-run/scratch.ts';
import { addUp, describeResult, type Result } from './test-run/summary.ts';

/**
 * `npm test` runs everything; `npm test -- PATH …` the tests whose path matches; `npm run test:contract` the contract
 * suite of Twenty. The last line is `N passed, N failed`, and `, N skipped` if any. In a full run the few files that failed
 * run once more by themselves (docs/adr/0021-flaky-tests.md).
 */
const CONTRACT = 'sandbox/twenty/contract';

const contract: Suite = { name: 'contract', config: `${CONTRACT}/jest.config.mjs`, env: {} };
const everything: Suite = { name: 'all', config: 'jest.config.mjs', env: {} };
// Part of the whole run it tests the stand-in, wherever the environment points.
const contractOnStandIn: Suite = { ...contract, env: { TWENTY_URL: undefined, TWENTY_API_KEY: undefined } };

interface Run {
  readonly suite: Suite;
  readonly args: readonly string[];
}

function chooseRuns(args: readonly string[]): Run[] {
  const rest = args.filter((arg) => arg !== '--contract');
  if (rest.length < args.length) return [{ suite: contract, args: rest }];
  if (rest.length === 0) return [everything, contractOnStandIn].map((suite) => ({ suite, args: [] }));
  const isContract = rest.some((arg) => arg.includes(CONTRACT));
  return [{ suite: isContract ? contractOnStandIn : everything, args: rest }];
}

async function runSuite(jestRun: JestRun): Promise<Result> {
  const first = await runJest(jestRun);
  const files = jestRun.args.length === 0 ? worthOnceMore(first) : [];
  if (files.length === 0) return first;
  const paths = files.map(({ path }) => path);
  return settle(first, await runJest({ ...jestRun, args: ['--runTestsByPath', ...paths], alone: true }));
}

async function run(): Promise<number> {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupted.abort());
  ensurePrograms();
  const scratch = await createScratch();
  const results: Result[] = [];
  try {
    for (const { suite, args } of chooseRuns(process.argv.slice(2))) {
      if (interrupted.signal.aborted) break;
      results.push(await runSuite({ suite, args, folder: scratch.folder, signal: interrupted.signal }));
    }
  } finally {
    await scratch.remove();
  }
  const total = addUp(results);
  console.log(describeResult(total));
  if (interrupted.signal.aborted) return 130;
  return total.failed > 0 ? 1 : 0;
}

process.exitCode = await run();
