import { DeployError, installApp } from '@switchboard/crm/deploy';
import { signInLine } from '../auth/check.ts';
import type { CheckLine } from '../contract/index.ts';
import type { Crm } from '../crm/index.ts';
import { type CrmAddress, type CrmConnections, readAddress, type Tenants } from '../tenants/index.ts';

export interface ConnectRequest extends CrmAddress {
  /**
   * Whether the Switchboard app may be installed in the workspace, or brought up to date there. Without it the app is left as it is and a line
   * tells. Never destroys data: what would, is refused.
   */
  readonly installApp?: boolean;
}

export interface ConnectDeps {
  readonly crm: Pick<Crm, 'examine' | 'connect' | 'settled' | 'check'>;
  readonly tenants: Tenants;
  readonly connections: CrmConnections;
  /** For which hub the app is built, and where the build is kept. */
  readonly app: { readonly hubAddress: string; readonly cacheFile: string };
}

/**
 * Connects a tenant to its workspace, from the outside in: address, version, key, rights, workspace; then the app, webhooks, the copy. Nothing is
 * stored until the key has opened the right workspace, so that a mistake leaves a connection that works alone. Harmless to repeat.
 *
 * @returns a checklist; every line that is not `ok` carries its remedy
 */
export async function connectWorkspace(
  { crm, tenants, connections, app }: ConnectDeps,
  tenant: string,
  { installApp: mayInstall = false, ...address }: ConnectRequest,
  actor: string,
  signal: AbortSignal,
): Promise<readonly CheckLine[]> {
  const door = readAddress(address);
  const { id } = await tenants.get(tenant);
  const { lines, workspace } = await crm.examine(id, door, signal);
  const isBarred = lines.some(({ state }) => state === 'failed');
  if (workspace === undefined || isBarred) return [...lines, notStored];
  await connections.connect(id, door, actor);
  const problem = mayInstall ? await tryInstall({ ...door, ...app, signal }) : undefined;
  await crm.connect(id, signal);
  await crm.settled(id, signal);
  const found = [...(await crm.check(id, signal)), signInLine(app.hubAddress)];
  return problem === undefined ? found : found.map((line) => (line.name === problem.name ? problem : line));
}

const notStored: CheckLine = {
  name: 'Connection',
  state: 'off',
  detail: 'Nothing was stored; a connection made before is as it was.',
  remedy: 'Remove the cause above, then connect again.',
  code: 'connection.not-stored',
};

/** @returns a line when it was not possible */
async function tryInstall(options: Omit<Parameters<typeof installApp>[0], 'log'>): Promise<CheckLine | undefined> {
  try {
    await installApp({ ...options, log: () => {} });
    return undefined;
  } catch (error) {
    if (!(error instanceof DeployError)) throw error;
    const state = error.problem === 'newer' ? 'warning' : 'failed';
    return { name: 'Switchboard app', state, detail: error.message, remedy: error.remedy };
  }
}
