import { withBackend } from 'bullmq';
import pg from 'pg';
import type { Log } from '../queue.ts';
import type { BullConnection } from './connection.ts';
import { listenForErrors, toProcessor, workerSettings } from './connection.ts';
import { createPatientBackend } from './patient-backend.ts';

const { Queue, Worker } = withBackend(createPatientBackend);

/** A worker runs a few short statements at a time however many jobs it has; its LISTEN connection comes on top. */
const maxConnections = 4;

/** The hub's rows are the truth: what a crash of PostgreSQL takes back of BullMQ's tables is dispatched again. */
const serverSettings = ['-c synchronous_commit=off'];

/** BullMQ in the hub's own database, in a schema of its own that it creates and migrates itself. */
export function connectPostgres(connectionString: string, schema: string, log: Log): BullConnection {
  const { url, options } = splitOptions(connectionString);
  const connection = {
    connectionString: url,
    options: [options, ...serverSettings].join(' '),
    schema,
    max: maxConnections,
    Client: GuardedClient,
    application_name: 'switchboard-bullmq',
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
  };
  return {
    kind: 'postgres',
    openQueue: (name) => listenForErrors(new Queue(name, { connection }), name, log),
    startWorker: (name, concurrency, process) =>
      listenForErrors(
        new Worker(name, toProcessor(process), { connection, concurrency, ...workerSettings }),
        name,
        log,
      ),
    close: async () => {},
  };
}

/**
 * While BullMQ prepares its schema it holds a connection without listening to its errors; one that breaks at that moment would
 * end the process. The statement that fails is what tells.
 */
class GuardedClient extends pg.Client {
  constructor(settings?: string | pg.ClientConfig) {
    super(settings);
    this.on('error', () => {});
  }
}

/** `options` inside the connection string would win over BullMQ's search_path; beside it, BullMQ's is added last and wins. */
function splitOptions(connectionString: string): { readonly url: string; readonly options: string } {
  const url = new URL(connectionString);
  const options = url.searchParams.get('options') ?? '';
  url.searchParams.delete('options');
  return { url: url.href, options };
}
