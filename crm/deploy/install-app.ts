import { compare, valid } from 'semver';

import { applyArtifact } from './apply.ts';
import { type AppArtifact, buildArtifact } from './artifact.ts';
import { DeployError } from './errors.ts';
import { inspectWorkspace, requireFreeNames, type Workspace } from './inspect.ts';
import { connectWorkspace, type WorkspaceApi } from './metadata-api.ts';
import { isEmpty, type Plan, planInstall } from './plan.ts';
import { needsSystemLinks, withSystemLinks } from './system-links.ts';

/** What both installing and uninstalling have to know. */
export interface WorkspaceOptions {
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
  /** Told what will be done, before it is. */
  readonly onPlan?: (plan: Plan, version: string) => void;
  /** Asked once what will be done has been said. Absent: nobody is asked. */
  readonly confirm?: () => Promise<boolean>;
  readonly signal?: AbortSignal;
}

export interface InstallOptions extends WorkspaceOptions {
  /** Address at which members' browsers reach the hub; it becomes part of the panels. */
  readonly hubAddress: string;
  /** Where the last build is kept. */
  readonly cacheFile?: string;
}

export interface InstallResult {
  readonly outcome: 'installed' | 'upgraded' | 'unchanged' | 'planned' | 'declined';
  readonly workspace: { readonly id: string; readonly name: string };
  readonly serverVersion: string | undefined;
  /** Of what was built here. */
  readonly version: string;
  /** Id for `generateApplicationToken`; `undefined` while the workspace is without the application. */
  readonly applicationId: string | undefined;
  readonly plan: Plan;
}

/**
 * Brings the application in a workspace to the state of this repository: installs, upgrades, or finds nothing to do. What is carried out is
 * what was planned: both come from one build. Can be repeated at any time.
 * Throws `DeployError`; nothing is half-applied, because Twenty applies a manifest as a whole.
 */
export async function installApp(options: InstallOptions): Promise<InstallResult> {
  const { log } = options;
  const api = connectWorkspace(options);
  const built = await buildArtifact(options);
  const workspace = await inspectWorkspace(api, built.manifest.application.universalIdentifier);
  const artifact = artifactFor(built, workspace);
  log(`Workspace "${workspace.name}" on ${api.url}, Twenty ${workspace.serverVersion ?? '(version not told)'}`);
  requireFreeNames(workspace, artifact.manifest);
  refuseOlder(workspace, artifact);

  const plan = await planInstall(api, artifact.manifest);
  announce(plan, workspace, artifact, log);
  options.onPlan?.(plan, artifact.version);
  const result = {
    workspace: { id: workspace.id, name: workspace.name },
    serverVersion: workspace.serverVersion,
    version: artifact.version,
    applicationId: workspace.installed?.id,
    plan,
  };
  if (isEmpty(plan) && !isOtherVersion(workspace, artifact)) return { ...result, outcome: 'unchanged' };
  if (options.dryRun === true) return { ...result, outcome: 'planned' };
  requireNoLoss(plan, options.force === true);
  if (options.confirm !== undefined && !(await options.confirm())) return { ...result, outcome: 'declined' };
  return { ...result, ...(await carryOut(api, artifact, workspace, log)) };
}

const artifactFor = (built: AppArtifact, { serverVersion }: Workspace): AppArtifact =>
  needsSystemLinks(serverVersion) ? { ...built, manifest: withSystemLinks(built.manifest, built.systemLinks) } : built;

async function carryOut(
  api: WorkspaceApi,
  artifact: AppArtifact,
  before: Workspace,
  log: (line: string) => void,
): Promise<Pick<InstallResult, 'outcome' | 'applicationId'>> {
  await applyArtifact(api, artifact);
  const after = await inspectWorkspace(api, artifact.manifest.application.universalIdentifier);
  const outcome = before.installed === undefined ? 'installed' : 'upgraded';
  log(outcome === 'installed' ? 'Installed.' : 'Upgraded.');
  return { outcome, applicationId: after.installed?.id };
}

const isOtherVersion = ({ installed }: Workspace, { version }: AppArtifact): boolean =>
  installed !== undefined && installed.version !== version;

/** Going back would remove what the newer version brought, data included. */
function refuseOlder({ installed, name }: Workspace, { version }: AppArtifact): void {
  const there = valid(installed?.version);
  if (there === null || compare(there, version) <= 0) return;
  throw new DeployError(
    'newer',
    `The workspace "${name}" has version ${there} of the application, which is newer than ${version} of this hub.`,
    'Update the hub; the application was left as it is.',
  );
}

function announce(plan: Plan, workspace: Workspace, { version }: AppArtifact, log: (line: string) => void): void {
  const { installed } = workspace;
  if (isEmpty(plan) && installed?.version === version) {
    return log('Nothing to change: the application is installed and up to date.');
  }
  log(
    installed === undefined
      ? `The application is not installed here. To do, for version ${version}:`
      : `The application is installed here (version ${installed.version ?? 'unknown'}). To do, for version ${version}:`,
  );
  for (const line of plan.lines) log(`  ${line}`);
  log(`${plan.create} to create, ${plan.change} to change, ${plan.destroy} to remove`);
  if (plan.losses.length === 0) log('No data is lost.');
}

function requireNoLoss(plan: Plan, force: boolean): void {
  if (plan.losses.length === 0 || force) return;
  throw new DeployError(
    'destructive',
    `This would destroy data: ${plan.losses.join('; ')}.`,
    'Save the data first; then repeat with --force. Nothing was changed.',
  );
}
