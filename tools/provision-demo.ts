import { randomBytes } from 'node:crypto';
import type { Admin, Config } from '@switchboard/core';
import type { SandboxState } from '../sandbox/state.ts';

export const DEMO_TENANT = 'demo';
const ACTOR = 'demo';
const PATIENCE_MS = 120_000;

/** Sets up the demo tenant with the steps an operator takes; what is there already stays as it is. */
export async function provisionDemo(admin: Admin, sandbox: SandboxState, config: Config): Promise<void> {
  if ((await admin.tenants.find(DEMO_TENANT)) === undefined) {
    await admin.tenants.create(
      { slug: DEMO_TENANT, name: 'Demo', country: 'NL', timeZone: 'Europe/Amsterdam', locale: 'en' },
      ACTOR,
    );
  }
  const { crmUrl } = await admin.tenants.get(DEMO_TENANT);
  if (crmUrl !== sandbox.twenty.url) await connect(admin, sandbox);
  const threecx = (await admin.plugins.list(DEMO_TENANT)).find((plugin) => plugin.id === 'threecx');
  if (threecx?.state === 'disabled') await connectTelephony(admin, sandbox, config);
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

/** Enables the plugin, then installs its template in the telephone system, as an admin of both would do by hand. */
async function connectTelephony(admin: Admin, { threecx }: SandboxState, config: Config): Promise<void> {
  const apiKey = randomBytes(24).toString('base64url');
  await admin.plugins.enable(DEMO_TENANT, 'threecx', { apiKey }, ACTOR);
  const door = `http://localhost:${config.port}/api/v1/tenants/${DEMO_TENANT}/plugins/threecx/doors/template.xml`;
  const template = await fetch(door, { headers: { authorization: `Bearer ${config.operatorToken}` } });
  if (!template.ok) throw new Error(`The 3CX template cannot be fetched: ${template.status} ${await template.text()}`);
  const answer = await fetch(`${threecx.url}/control/template`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ xml: await template.text(), values: { ApiKey: apiKey } }),
  });
  if (!answer.ok) throw new Error(`The 3CX stand-in refuses the template: ${await answer.text()}`);
}
