import { ensurePrograms } from './test-run/programs.ts';
import { type Suite, runJest } from './test-run/run-jest.ts';
import { createScratch } from './test-run/scratch.ts';
import { addUp, describeResult } from './test-run/summary.ts';

/**
 * `npm test` runs everything; `npm test -- PATH …` the tests whose path matches; `npm run test:contract` the contract
 * suite of Twenty. The last line is `N passed, N failed`, and `, N skipped` if any.
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

async function run(): Promise<number> {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupted.abort());
  ensurePrograms();
  const scratch = await createScratch();
  const results = [];
  try {
    for (const { suite, args } of chooseRuns(process.argv.slice(2))) {
      if (interrupted.signal.aborted) break;
      results.push(await runJest({ suite, args, folder: scratch.folder, signal: interrupted.signal }));
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
