import { readManifest } from './build-manifest.ts';
import { DeployError } from './errors.ts';
import { inspectWorkspace, type Workspace } from './inspect.ts';
import type { WorkspaceOptions } from './install-app.ts';
import type { Manifest, ManifestObject } from './manifest.ts';
import { connectWorkspace, type WorkspaceApi } from './metadata-api.ts';

export interface UninstallResult {
  readonly outcome: 'uninstalled' | 'not-installed' | 'planned' | 'declined';
  readonly workspace: { readonly id: string; readonly name: string };
  /** Records per object that go, or would go, with the application. */
  readonly records: Readonly<Record<string, number>>;
}

const UNINSTALL = `mutation UninstallApplication($universalIdentifier: String!) {
  uninstallApplication(universalIdentifier: $universalIdentifier)
}`;

/**
 * Removes the application with its objects, fields, roles, views and all their data. Refuses without `force` while there
 * are records. The registration (the OAuth client) stays on the server: another workspace may use it.
 */
export async function uninstallApp(options: WorkspaceOptions): Promise<UninstallResult> {
  const { log } = options;
  const manifest = await readManifest();
  const { universalIdentifier } = manifest.application;
  const api = connectWorkspace(options);
  const found = await inspectWorkspace(api, universalIdentifier);
  const workspace = { id: found.id, name: found.name };
  if (found.installed === undefined) {
    log(`Nothing to uninstall: the workspace "${found.name}" does not have the application.`);
    return { outcome: 'not-installed', workspace, records: {} };
  }

  const records = await countRecords(api, presentObjects(found, manifest));
  announce(found, manifest, records, log);
  if (options.dryRun === true) return { outcome: 'planned', workspace, records };
  requireNoRecords(records, options.force === true);
  if (options.confirm !== undefined && !(await options.confirm())) return { outcome: 'declined', workspace, records };

  await api.metadata(UNINSTALL, { universalIdentifier });
  log('Uninstalled.');
  return { outcome: 'uninstalled', workspace, records };
}

/** A broken installation may lack some of the objects. */
const presentObjects = (workspace: Workspace, manifest: Manifest): ManifestObject[] => {
  const present = new Set(workspace.objects.map((object) => object.universalIdentifier));
  return manifest.objects.filter((object) => present.has(object.universalIdentifier));
};

async function countRecords(api: WorkspaceApi, objects: readonly ManifestObject[]): Promise<Record<string, number>> {
  if (objects.length === 0) return {};
  const fields = objects.map((object) => `${object.namePlural}(first: 1) { totalCount }`);
  const answer = await api.records<Record<string, { totalCount: number }>>(`query Counts { ${fields.join(' ')} }`);
  return Object.fromEntries(objects.map((object) => [object.labelPlural, answer[object.namePlural]?.totalCount ?? 0]));
}

function announce(
  workspace: Workspace,
  manifest: Manifest,
  records: Readonly<Record<string, number>>,
  log: (line: string) => void,
): void {
  log(`Uninstalling from "${workspace.name}" removes for good:`);
  for (const [label, count] of Object.entries(records)) log(`  ${label}: ${count} records`);
  const added = manifest.fields.filter(({ type }) => type !== 'MORPH_RELATION');
  log(`  ${added.length} fields on people, companies and members, with their values`);
  log(`  the roles ${manifest.roles.map((role) => role.label).join(', ')}, views, menu entries and record pages`);
}

function requireNoRecords(records: Readonly<Record<string, number>>, force: boolean): void {
  const total = Object.values(records).reduce((sum, count) => sum + count, 0);
  if (total === 0 || force) return;
  throw new DeployError(
    'destructive',
    `${total} records would be destroyed.`,
    'Export what is needed; then repeat with --force. Nothing was changed.',
  );
}
