import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findDrift } from './generate/artifacts.ts';
import { findFolderProblems } from './checks/plugin-folders.ts';
import { findMachinePaths } from './checks/machine-paths.ts';

/** `npm run lint`: every check that needs no test run. All of them run, so that one round shows everything. */
const root = join(import.meta.dirname, '..');

interface Check {
  readonly name: string;
  /** @returns whether all is well; what is not is printed */
  readonly run: () => boolean | Promise<boolean>;
}

const checks: readonly Check[] = [
  { name: 'oxlint, type-aware', run: () => succeeds('oxlint', '--quiet') },
  { name: 'oxfmt', run: () => succeeds('oxfmt', '--check', '.') },
  { name: 'types', run: () => succeeds('tsc', '-p', '.') },
  { name: 'types of crm', run: () => succeeds('tsc', '-p', 'crm') },
  { name: 'types of console', run: () => succeeds('tsc', '-p', 'console') },
  { name: 'knip', run: () => succeeds('knip', '--no-progress') },
  { name: 'plugin folders', run: async () => report(await findFolderProblems(root)) },
  { name: 'paths of a machine', run: async () => report(await findMachinePaths(root)) },
  { name: 'generated files', run: async () => report(await findDrift(root)) },
];

function succeeds(program: string, ...args: string[]): boolean {
  const { status } = spawnSync(join(root, 'node_modules/.bin', program), args, { cwd: root, stdio: 'inherit' });
  return status === 0;
}

function report(problems: readonly string[]): boolean {
  for (const problem of problems) console.error(problem);
  return problems.length === 0;
}

const failed: string[] = [];
for (const { name, run } of checks) {
  console.log(`== ${name}`);
  if (!(await run())) failed.push(name);
}
console.log(failed.length === 0 ? 'All checks passed.' : `Failed: ${failed.join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
