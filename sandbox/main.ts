import { join } from 'node:path';
import { createTwentyClient, type DemoData, installApp, readDemoData, seedDemo } from './demo/index.ts';
import { readState, type SandboxState, writeState } from './state.ts';
import { apiClients, startThreecx } from './threecx/index.ts';
import { startTwenty, type Twenty } from './twenty/index.ts';

/**
 * The stand-ins of Twenty and 3CX as one process beside the hub. Told by its parent over IPC what to use; tells back when it is
 * ready, and ends when the parent is gone, however it went.
 */
interface Orders {
  readonly databaseUrl: string;
  readonly dataDir: string;
  readonly twentyPort: number;
  readonly threecxPort: number;
}

export type SandboxMessage = { readonly ready: SandboxState } | { readonly failed: string };

const DEMO_PASSWORD = 'demo-password-1';
const appFolder = new URL('../crm/', import.meta.url);

async function start(orders: Orders): Promise<{ state: SandboxState; close: () => Promise<void> }> {
  const twenty = await startTwenty({
    databaseUrl: orders.databaseUrl,
    port: orders.twentyPort,
    filesDir: join(orders.dataDir, 'twenty-files'),
  });
  const known = readState(orders.dataDir);
  const threecx = await startThreecx({
    port: orders.threecxPort,
    dataDir: orders.dataDir,
    // A key once given out stays good over restarts.
    principals: apiClients.map((client) => ({
      ...client,
      ...known?.threecx.clients?.find(({ clientId }) => clientId === client.clientId),
    })),
  });
  const state = {
    twenty: { ...(known?.twenty ?? (await createDemoWorkspace(twenty, readDemoData()))), url: twenty.url },
    threecx: {
      url: threecx.url,
      clients: threecx.principals.all().map(({ clientId, secret }) => ({ clientId, secret })),
    },
  };
  writeState(orders.dataDir, state);
  return {
    state,
    close: async () => {
      await threecx.close();
      await twenty.close();
    },
  };
}

async function createDemoWorkspace(twenty: Twenty, data: DemoData): Promise<SandboxState['twenty']> {
  const admin = data.members.find((member) => member.role === 'Admin');
  if (admin === undefined) throw new Error('The demo data has no member with the role Admin');
  const { workspaceId, apiKey } = await twenty.createWorkspace({
    name: 'Switchboard demo',
    subdomain: 'demo',
    admin: { ...admin, password: DEMO_PASSWORD },
  });
  const client = createTwentyClient(twenty.url, apiKey);
  await installApp(client, appFolder);
  for (const member of data.members) {
    if (member !== admin)
      await twenty.createMember({ ...member, workspaceId, password: DEMO_PASSWORD, roleLabel: member.role });
  }
  await seedDemo(client, data);
  return { url: twenty.url, workspaceId, apiKey, adminEmail: admin.email, password: DEMO_PASSWORD };
}

function sentence(error: unknown, { twentyPort }: Orders): string {
  const { code, port, message } = error as NodeJS.ErrnoException & { port?: number };
  if (code !== 'EADDRINUSE') return message;
  const setting = port === twentyPort ? 'SANDBOX_TWENTY_PORT' : 'SANDBOX_THREECX_PORT';
  return `Port ${port} is taken by another program. Stop that program, or set ${setting} in .env to another number.`;
}

function tell(message: SandboxMessage, then: () => void = () => {}): void {
  process.send?.(message, then);
}

process.once('message', (orders: Orders) => {
  start(orders).then(
    ({ state, close }) => {
      tell({ ready: state });
      // Ctrl-C reaches the whole process group; the parent decides when we stop.
      process.on('SIGINT', () => {});
      const stop = () => void close().finally(() => process.exit(0));
      process.once('SIGTERM', stop);
      process.once('disconnect', stop);
    },
    (error: unknown) => {
      // At once: what is open already would complain when the parent stops the database.
      tell({ failed: sentence(error, orders) }, () => process.exit(1));
    },
  );
});
