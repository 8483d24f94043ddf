import { randomBytes } from 'node:crypto';
import type { Admin, Config } from '@switchboard/core';
import type { SandboxState } from '../sandbox/state.ts';

export const DEMO_TENANT = 'demo';
const ACTOR = 'demo';
const PATIENCE_MS = 120_000;

/** Whether an earlier start has connected the hub to its sandbox. */
export async function isProvisioned(admin: Admin): Promise<boolean> {
  return (await admin.tenants.find(DEMO_TENANT))?.crmUrl !== undefined;
}

/** Sets up the demo tenant with the steps an operator takes; what is there already stays as it is. */
export async function provisionDemo(admin: Admin, sandbox: SandboxState, config: Config): Promise<void> {
  if ((await admin.tenants.find(DEMO_TENANT)) === undefined) {
    const { id } = await admin.tenants.create(
      { slug: DEMO_TENANT, name: 'Demo', country: 'NL', timeZone: 'Europe/Amsterdam', locale: 'en' },
      ACTOR,
    );
    // The people of the stand-in have no telephone with an authenticator.
    await admin.auth.policies.change(id, { requireTwoFactor: false }, ACTOR);
  }
  const { crmUrl } = await admin.tenants.get(DEMO_TENANT);
  if (crmUrl !== sandbox.twenty.url) await connect(admin, sandbox);
  await connectTelephony(admin, sandbox, config);
  const desk = (await admin.plugins.list(DEMO_TENANT)).find(({ id }) => id === 'service-desk');
  if (desk?.state === 'disabled') await admin.plugins.enable(DEMO_TENANT, 'service-desk', {}, ACTOR);
}

async function connect(admin: Admin, { twenty }: SandboxState): Promise<void> {
  const lines = await admin.crm.connect(
    DEMO_TENANT,
    { url: twenty.url, apiKey: twenty.apiKey },
    ACTOR,
    AbortSignal.timeout(PATIENCE_MS),
  );
  const failed = lines.find((line) => line.state === 'failed');
  if (failed !== undefined) throw new Error(`The demo tenant cannot be connected: ${failed.name}: ${failed.detail}`);
}

/**
 * Enables the plugin with the PBX's own APIs, and installs its template in the telephone system, as an admin of both would do by hand;
 * again when the telephone system has lost it, or one of the two has moved to another port.
 */
async function connectTelephony(admin: Admin, { threecx }: SandboxState, config: Config): Promise<void> {
  const hub = `http://localhost:${config.port}`;
  const BaseUrl = `${hub}/hooks/${DEMO_TENANT}/threecx`;
  const plugin = (await admin.plugins.list(DEMO_TENANT)).find(({ id }) => id === 'threecx');
  const { known, keys } = apiSettings(threecx);
  const installed = await installedAddress(threecx.url);
  if (plugin?.state === 'disabled' || installed === undefined) {
    const ApiKey = randomBytes(24).toString('base64url');
    await admin.plugins.enable(DEMO_TENANT, 'threecx', { apiKey: ApiKey, ...known, ...keys }, ACTOR);
    await install(threecx.url, hub, config.operatorToken, { BaseUrl, ApiKey });
    return;
  }
  const isKnown = Object.entries(known).every(([name, value]) => plugin?.config[name] === value);
  if (!isKnown) await admin.plugins.configure(DEMO_TENANT, 'threecx', { ...known, ...keys }, ACTOR);
  if (installed !== BaseUrl) await install(threecx.url, hub, config.operatorToken, { BaseUrl });
}

/** How the hub reaches the PBX's own APIs: what it shows of that, and the keys, which it does not show. */
function apiSettings({ url, clients = [] }: SandboxState['threecx']) {
  const [liveClientId, syncClientId] = ['crmlive', 'crmsync'];
  const keyOf = (id: string) => clients.find(({ clientId }) => clientId === id)?.secret;
  return {
    known: { pbxUrl: url, liveClientId, syncClientId },
    keys: { liveSecret: keyOf(liveClientId), syncSecret: keyOf(syncClientId) },
  };
}

/** Where the telephone system looks for the hub; undefined while no template is installed. */
async function installedAddress(threecxUrl: string): Promise<string | undefined> {
  const answer = await fetch(`${threecxUrl}/control/state`);
  const { template } = (await answer.json()) as {
    template: { parameters: readonly { name: string; value?: string }[] } | null;
  };
  return template?.parameters.find(({ name }) => name === 'BaseUrl')?.value;
}

async function install(
  threecxUrl: string,
  hub: string,
  operatorToken: string,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  const door = `${hub}/api/v1/tenants/${DEMO_TENANT}/plugins/threecx/doors/template.xml`;
  const template = await fetch(door, { headers: { authorization: `Bearer ${operatorToken}` } });
  if (!template.ok) throw new Error(`The 3CX template cannot be fetched: ${template.status} ${await template.text()}`);
  const answer = await fetch(`${threecxUrl}/control/template`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ xml: await template.text(), values }),
  });
  if (!answer.ok) throw new Error(`The 3CX stand-in refuses the template: ${await answer.text()}`);
}
