import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTwentyClient, installApp, type TwentyClient } from '@switchboard/sandbox/demo';
import { freePort, waitFor } from '@switchboard/testing';
import { frontComponentToken } from '@switchboard/testing/front-component-token';
import { createHub, createLog, createRegistry, type Hub, loadConfig } from '../../core/index.ts';
import { createReleasers, type Releasers } from '../../core/releasers.ts';
import { startPostgres } from '../../core/store/postgres-server.ts';
import { startTwentyProcess, type TwentyProcess } from '../chaos/twenty-process.ts';
import type { PopSource } from './source.ts';

/** The slug of the workspace in every stage. */
export const TENANT = 'bench';
const appFolder = new URL('../../crm/', import.meta.url);

export interface Agent {
  readonly memberId: string;
  /** In the telephone system: 1001 and so on. */
  readonly extension: string;
  /** As a front component in the agent's browser has it. */
  readonly token: string;
}

export type EnabledPlugin = Pick<PopSource, 'plugin' | 'config'>;

export interface StageHub {
  readonly hub: Hub;
  readonly tenantId: string;
  /** Where it is reached. */
  readonly url: string;
}

/** A Twenty with agents, and room for a hub beside it. */
export interface PopStage {
  readonly agents: readonly Agent[];
  /** The whole hub in this process, with these plugins enabled. */
  readonly openHub: (plugins: readonly EnabledPlugin[]) => Promise<StageHub>;
  /** Closes it together with the stage. */
  readonly keep: Releasers['add'];
  readonly close: () => Promise<void>;
}

export async function openStage(agentCount: number): Promise<PopStage> {
  const log = createLog({ level: 'error', format: 'pretty' });
  const releasers = createReleasers(log);
  try {
    const dataDir = join(tmpdir(), `switchboard-bench-${process.pid}`);
    releasers.add({ close: async () => await rm(dataDir, { recursive: true, force: true }) });
    const { url: databaseUrl } = releasers.add(await startPostgres({ dataDir, log }));
    const twenty = releasers.add(await startTwentyProcess({ databaseUrl, limits: 'off' }));
    const { apiKey, workspaceId } = await twenty.createWorkspace({
      name: 'Bench',
      subdomain: TENANT,
      admin: { email: 'admin@example.com', password: newPassword(), firstName: 'Ada', lastName: 'Admin' },
    });
    const crm = createTwentyClient(twenty.url, apiKey);
    await installApp(crm, appFolder);
    const agents: Agent[] = [];
    while (agents.length < agentCount) agents.push(await addAgent(twenty, crm, workspaceId, agents.length));
    return {
      agents,
      async openHub(plugins) {
        const port = await freePort();
        const config = configFor(databaseUrl, dataDir, port);
        const registry = createRegistry(plugins.map(({ plugin }) => plugin));
        const hub = releasers.add(await createHub({ config, databaseUrl, registry, log }));
        await prepare(hub, { url: twenty.url, apiKey }, plugins);
        await mirrored(hub, agents);
        return { hub, tenantId: (await hub.admin.tenants.get(TENANT)).id, url: `http://127.0.0.1:${port}` };
      },
      keep: releasers.add,
      close: releasers.releaseAll,
    };
  } catch (error) {
    await releasers.releaseAll();
    throw error;
  }
}

async function addAgent(twenty: TwentyProcess, crm: TwentyClient, workspaceId: string, index: number): Promise<Agent> {
  const extension = String(1001 + index);
  const login = { email: `agent-${extension}@example.com`, password: newPassword() };
  const { workspaceMemberId } = await twenty.createMember({
    ...login,
    workspaceId,
    firstName: 'Agent',
    lastName: extension,
    roleLabel: 'Admin',
  });
  await crm.records(
    'mutation Extension($id: UUID!, $data: WorkspaceMemberUpdateInput!) { updateWorkspaceMember(id: $id, data: $data) { id } }',
    { id: workspaceMemberId, data: { extension } },
  );
  return { memberId: workspaceMemberId, extension, token: await frontComponentToken({ url: twenty.url, ...login }) };
}

function configFor(databaseUrl: string, dataDir: string, port: number) {
  return loadConfig({
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
    HUB_KEY: randomBytes(32).toString('base64'),
    OPERATOR_TOKEN: randomBytes(32).toString('base64url'),
    PORT: String(port),
  });
}

async function prepare(
  { admin, startWorker, startWeb }: Hub,
  crm: { url: string; apiKey: string },
  plugins: readonly EnabledPlugin[],
): Promise<void> {
  await admin.tenants.create({ slug: TENANT, name: 'Bench', country: 'GB' }, 'bench');
  await startWorker();
  await startWeb();
  await admin.crm.connect(TENANT, crm, 'bench', AbortSignal.timeout(60_000));
  for (const { plugin, config } of plugins) await admin.plugins.enable(TENANT, plugin.id, { ...config }, 'bench');
}

/** Until then a ringing extension is nobody's. */
async function mirrored({ admin, crm }: Hub, agents: readonly Agent[]): Promise<void> {
  const { id } = await admin.tenants.get(TENANT);
  const reader = crm.reader(id);
  await waitFor(
    'the agents in the mirror',
    async () => {
      const known = await Promise.all(
        agents.map(({ extension }) => reader.findBy('workspaceMember', 'extension', extension)),
      );
      return known.every((members) => members.length === 1);
    },
    120_000,
  );
}

const newPassword = (): string => randomBytes(12).toString('hex');
