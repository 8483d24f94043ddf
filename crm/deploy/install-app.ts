import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { DeployError } from './errors.ts';
import { inspectWorkspace, requireFreeNames, type Workspace } from './inspect.ts';
import type { Manifest } from './manifest.ts';
import { connectWorkspace, type ApiAccess } from './metadata-api.ts';
import { planInstall, type Plan } from './plan.ts';
import { runSdk } from './sdk.ts';
import { APP_FOLDER, stageApp } from './staging.ts';

export interface InstallOptions {
  /** Address of Twenty; the key decides the workspace. */
  readonly url: string;
  /** API key of a role that may manage applications. */
  readonly apiKey: string;
  /** Gets one line of text per step, for people. */
  readonly log: (line: string) => void;
  /** Go on when data would be destroyed. */
  readonly force?: boolean;
  /** Only say what would be done. */
  readonly dryRun?: boolean;
  readonly signal?: AbortSignal;
}

export interface InstallResult {
  readonly outcome: 'installed' | 'upgraded' | 'unchanged' | 'planned';
  readonly workspace: { readonly id: string; readonly name: string };
  readonly serverVersion: string | undefined;
  /** Id for `generateApplicationToken`; `undefined` only after a dry run in a workspace without the application. */
  readonly applicationId: string | undefined;
  readonly plan: Plan;
}

export const readManifest = async (): Promise<Manifest> =>
  JSON.parse(await readFile(join(APP_FOLDER, 'manifest.json'), 'utf8')) as Manifest;

/**
 * Brings the application in a workspace to the state of this repository: installs, upgrades, or finds nothing to do.
 * Can be repeated at any time. Throws `DeployError`; nothing is half-applied, because Twenty applies a manifest as a whole.
 */
export async function installApp(options: InstallOptions): Promise<InstallResult> {
  const { log } = options;
  const manifest = await readManifest();
  const application = manifest.application.universalIdentifier;
  const api = connectWorkspace(options);
  const workspace = await inspectWorkspace(api, application);
  log(`Workspace "${workspace.name}" on ${api.url}, Twenty ${workspace.serverVersion ?? '(version not told)'}`);
  requireFreeNames(workspace, manifest);

  const plan = await planInstall(api, manifest);
  announce(plan, workspace, log);
  const result = {
    workspace: { id: workspace.id, name: workspace.name },
    serverVersion: workspace.serverVersion,
    plan,
  };
  if (plan.create + plan.change + plan.destroy === 0)
    return { ...result, outcome: 'unchanged', applicationId: workspace.installed?.id };
  if (options.dryRun === true) return { ...result, outcome: 'planned', applicationId: workspace.installed?.id };
  requireNoLoss(plan, options.force === true);

  await apply({ ...options, url: api.url });
  const after = await inspectWorkspace(api, application);
  const outcome = workspace.installed === undefined ? 'installed' : 'upgraded';
  log(outcome === 'installed' ? 'Installed.' : 'Upgraded.');
  return { ...result, outcome, applicationId: after.installed?.id };
}

function announce(plan: Plan, workspace: Workspace, log: (line: string) => void): void {
  if (plan.lines.length === 0) return log('Nothing to change: the application is installed and up to date.');
  log(
    workspace.installed === undefined
      ? 'The application is not installed here. To do:'
      : 'The application is installed here. To do:',
  );
  for (const line of plan.lines) log(`  ${line}`);
  log(`${plan.create} to create, ${plan.change} to change, ${plan.destroy} to remove`);
}

function requireNoLoss(plan: Plan, force: boolean): void {
  if (plan.losses.length === 0 || force) return;
  throw new DeployError(
    'destructive',
    `This would destroy data: ${plan.losses.join('; ')}.`,
    'Save the data first; then repeat with --force. Nothing was changed.',
  );
}

async function apply(options: ApiAccess & { readonly log: (line: string) => void }): Promise<void> {
  const staging = await stageApp();
  try {
    await runSdk({
      home: staging.home,
      task: { kind: 'apply', appPath: staging.appPath, url: options.url, apiKey: options.apiKey },
      onProgress: options.log,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
  } finally {
    await staging.close();
  }
}
