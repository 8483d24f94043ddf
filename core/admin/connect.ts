import { DeployError, installApp, type Plan } from '@switchboard/crm/deploy';
import { signInLine } from '../auth/check.ts';
import type { CheckLine } from '../contract/index.ts';
import type { Crm } from '../crm/index.ts';
import { type CrmAddress, type CrmConnections, readAddress, type Tenants } from '../tenants/index.ts';
import type { ConnectingStore, Noting } from './connecting.ts';

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
  readonly connecting: ConnectingStore;
  /** For which hub the app is built, and where the build is kept. */
  readonly app: { readonly hubAddress: string; readonly cacheFile: string };
}

/**
 * Connects a tenant to its workspace, from the outside in: address, version, key, rights, workspace; then the app, webhooks, the copy. Nothing is
 * stored until the key has opened the right workspace, so that a mistake leaves a connection that works alone. Harmless to repeat. How far it is can
 * be read meanwhile.
 *
 * @returns a checklist; every line that is not `ok` carries its remedy
 */
export async function connectWorkspace(
  deps: ConnectDeps,
  tenant: string,
  { installApp: mayInstall = false, ...address }: ConnectRequest,
  actor: string,
  signal: AbortSignal,
): Promise<readonly CheckLine[]> {
  const door = readAddress(address);
  const { id } = await deps.tenants.get(tenant);
  const noting = await deps.connecting.start(id);
  try {
    const lines = await goThrough(deps, door, { id, actor, mayInstall, noting, signal });
    await noting.found(lines);
    await noting.end();
    return lines;
  } catch (error) {
    await noting.end(error);
    throw error;
  }
}

interface Attempt {
  readonly id: string;
  readonly actor: string;
  readonly mayInstall: boolean;
  readonly noting: Noting;
  readonly signal: AbortSignal;
}

async function goThrough(
  { crm, connections, app }: ConnectDeps,
  door: CrmAddress,
  { id, actor, mayInstall, noting, signal }: Attempt,
): Promise<readonly CheckLine[]> {
  await noting.begin('server');
  const { lines, workspace } = await crm.examine(id, door, signal, (line) => {
    void noting.found([line]);
    if (line.name === 'Twenty' && line.state !== 'failed') void noting.begin('key');
  });
  const isBarred = lines.some(({ state }) => state === 'failed');
  if (workspace === undefined || isBarred) return [...lines, notStored];
  await noting.found(lines);
  await connections.connect(id, door, actor);
  await noting.begin('app');
  const onPlan = (plan: CheckLine) => void noting.found([plan]);
  const problem = mayInstall ? await tryInstall({ ...door, ...app, signal }, onPlan) : undefined;
  const told = (found: readonly CheckLine[]) =>
    problem === undefined ? found : found.map((line) => (line.name === problem.name ? problem : line));
  const seen = await crm.connect(id, signal);
  // Whether webhooks arrive is not tested yet.
  await noting.found(told(seen).filter(({ name }) => name !== 'Webhooks'));
  await noting.begin('webhooks');
  await crm.settled(id, signal);
  return [...told(await crm.check(id, signal)), signInLine(app.hubAddress)];
}

const notStored: CheckLine = {
  name: 'Connection',
  state: 'off',
  detail: 'Nothing was stored; a connection made before is as it was.',
  remedy: 'Remove the cause above, then connect again.',
  code: 'connection.not-stored',
};

/** @returns a line when it was not possible */
async function tryInstall(
  options: Omit<Parameters<typeof installApp>[0], 'log'>,
  onPlan: (line: CheckLine) => void,
): Promise<CheckLine | undefined> {
  try {
    await installApp({ ...options, log: () => {}, onPlan: (plan, version) => onPlan(planLine(plan, version)) });
    return undefined;
  } catch (error) {
    if (!(error instanceof DeployError)) throw error;
    const state = error.problem === 'newer' ? 'warning' : 'failed';
    return { name: 'Switchboard app', state, detail: error.message, remedy: error.remedy };
  }
}

/** What an installation that begins now is about to do. */
function planLine({ create, change, destroy }: Plan, version: string): CheckLine {
  const values = { version, create, change, destroy };
  const detail = `Version ${version} is being installed: ${create} parts to create, ${change} to change, ${destroy} to remove.`;
  const isNothing = create + change + destroy === 0;
  const line = { name: 'Switchboard app', state: 'ok' } as const;
  return isNothing
    ? { ...line, detail: `Version ${version} has nothing to change here.`, code: 'app.nothing-to-do', values }
    : { ...line, detail, code: 'app.to-do', values };
}
