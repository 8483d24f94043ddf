import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTwentyClient, installApp } from '@switchboard/sandbox/demo';
import { startTwenty, type Twenty } from '@switchboard/sandbox/twenty';
import { freePort } from '@switchboard/testing';
import { frontComponentToken } from '@switchboard/testing/front-component-token';
import { createHub, createLog, createRegistry, type Hub, loadConfig } from '../../core/index.ts';
import { createReleasers } from '../../core/releasers.ts';
import { startPostgres } from '../../core/store/postgres-server.ts';
import type { PopSource } from './source.ts';

const TENANT = 'bench';
const appFolder = new URL('../../crm/', import.meta.url);

export interface Agent {
  readonly memberId: string;
  /** As a front component in the agent's browser has it. */
  readonly token: string;
}

/** A Twenty with agents, and room for a hub beside it. */
export interface PopStage {
  readonly agents: readonly Agent[];
  /** The whole hub in this process, with the source's plugin enabled. @returns its address */
  readonly openHub: (source: PopSource) => Promise<string>;
  readonly close: () => Promise<void>;
}

export async function openStage(agentCount: number): Promise<PopStage> {
  const log = createLog({ level: 'error', format: 'pretty' });
  const releasers = createReleasers(log);
  try {
    const dataDir = join(tmpdir(), `switchboard-bench-${process.pid}`);
    releasers.add({ close: async () => await rm(dataDir, { recursive: true, force: true }) });
    const { url: databaseUrl } = releasers.add(await startPostgres({ dataDir, log }));
    const twenty = releasers.add(await startTwenty({ databaseUrl, limits: 'off' }));
    const { apiKey, workspaceId } = await twenty.createWorkspace({
      name: 'Bench',
      subdomain: TENANT,
      admin: { email: 'admin@example.com', password: newPassword(), firstName: 'Ada', lastName: 'Admin' },
    });
    await installApp(createTwentyClient(twenty.url, apiKey), appFolder);
    const agents: Agent[] = [];
    while (agents.length < agentCount) agents.push(await addAgent(twenty, workspaceId, agents.length));
    return {
      agents,
      async openHub(source) {
        const port = await freePort();
        const config = configFor(databaseUrl, dataDir, port);
        const registry = createRegistry([source.plugin]);
        const hub = releasers.add(await createHub({ config, databaseUrl, registry, log }));
        await prepare(hub, { url: twenty.url, apiKey }, source);
        return `http://127.0.0.1:${port}`;
      },
      close: releasers.releaseAll,
    };
  } catch (error) {
    await releasers.releaseAll();
    throw error;
  }
}

async function addAgent(twenty: Twenty, workspaceId: string, index: number): Promise<Agent> {
  const login = { email: `agent-${index}@example.com`, password: newPassword() };
  const { workspaceMemberId } = await twenty.createMember({
    ...login,
    workspaceId,
    firstName: 'Agent',
    lastName: String(index),
    roleLabel: 'Admin',
  });
  return { memberId: workspaceMemberId, token: await frontComponentToken({ url: twenty.url, ...login }) };
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
  { plugin, config }: PopSource,
): Promise<void> {
  await admin.tenants.create({ slug: TENANT, name: 'Bench', country: 'GB' }, 'bench');
  await startWorker();
  await startWeb();
  await admin.crm.connect(TENANT, crm, 'bench', AbortSignal.timeout(60_000));
  await admin.plugins.enable(TENANT, plugin.id, { ...config }, 'bench');
}

const newPassword = (): string => randomBytes(12).toString('hex');
