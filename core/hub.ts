import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { createQueue, type Queue } from '@switchboard/queue';
import type { Logger as PinoLogger } from 'pino';
import { createAdmin, type Admin } from './admin/index.ts';
import { createBlobs, createDiskStorage } from './blobs/index.ts';
import { createAuditLog } from './audit/index.ts';
import { createAuth } from './auth/index.ts';
import type { Config } from './config/index.ts';
import { type Clock, ConfigError } from './contract/index.ts';
import { createAsMember, createCrm, createCrmFiles, type Crm } from './crm/index.ts';
import { createAnnounce } from './host/announce.ts';
import { createCommit } from './host/commit.ts';
import { createHost } from './host/host.ts';
import { createHttpClient } from './host/http-client.ts';
import { pluginFigures } from './host/figures.ts';
import type { Registry } from './host/registry.ts';
import { createSweeper } from './host/sweep.ts';
import { createWebApp } from './http/app.ts';
import { identifyViewer } from './http/live.ts';
import { createMetrics } from './http/metrics.ts';
import { createReadiness } from './http/readiness.ts';
import { createJournal, createNightlyCheck, journalTopic } from './journal/index.ts';
import { createLeases } from './leases/leases.ts';
import { collectTopics, countChanges, createPublish, startLive } from './live/index.ts';
import { createMembers } from './members/index.ts';
import { createPanel, panelMirrors } from './panel/index.ts';
import { createReleasers } from './releasers.ts';
import { createKeyring, createSecrets } from './secrets/index.ts';
import { type Database, openDatabase } from './store/database.ts';
import { migrate } from './store/migrate.ts';
import { migrationFoldersOf } from './store/migration-folders.ts';
import { createCrmConnections, createPluginSettings, createTenants } from './tenants/index.ts';
import { version } from './version.ts';

export interface HubOptions {
  readonly config: Config;
  /** Where the hub's database is: `config.databaseUrl`, or the embedded server that the caller has started. */
  readonly databaseUrl: string;
  readonly registry: Registry;
  readonly log: PinoLogger;
  readonly clock?: Clock;
}

/** The whole hub in one process, not yet doing anything. Two in one process do not disturb each other. */
export interface Hub {
  readonly admin: Admin;
  readonly crm: Crm;
  readonly queue: Queue;
  readonly database: Database;
  /** Web role: answers requests. @returns the address it listens on. @throws ConfigError when the port is taken */
  readonly startWeb: () => Promise<{ url: string; port: number }>;
  /** Worker role: runs jobs, holds live links, talks to the CRM. */
  readonly startWorker: () => Promise<void>;
  /** Finishes what runs within the deadline, gives the rest back, and closes everything in reverse order. */
  readonly close: () => Promise<void>;
}

export async function createHub({ config, databaseUrl, registry, log, clock = Date }: HubOptions): Promise<Hub> {
  const releasers = createReleasers(log);
  try {
    return await assemble({ config, databaseUrl, registry, log, clock }, releasers);
  } catch (error) {
    await releasers.releaseAll();
    throw error;
  }
}

async function assemble(options: Required<HubOptions>, releasers: ReturnType<typeof createReleasers>): Promise<Hub> {
  const { config, registry, log, clock } = options;
  const database = releasers.add(openDatabase(options.databaseUrl));
  await migrate(database.pool, migrationFoldersOf(registry.plugins));
  const { db } = database;

  const secrets = createSecrets(db, createKeyring(config.hubKeys));
  await secrets.assertKeys();
  const audit = createAuditLog(db);
  const tenants = createTenants({ db, audit });
  const settings = createPluginSettings({ db, secrets, audit });
  const connections = createCrmConnections({ db, secrets, audit });
  const leases = createLeases({ db, log });
  const queue = await createQueue({
    database,
    backend:
      config.redisUrl === undefined
        ? { kind: 'postgres', connectionString: options.databaseUrl }
        : { kind: 'redis', url: config.redisUrl },
    log,
    keepDays: config.retentionDays.jobs,
    keepKeyDays: config.retentionDays.memory,
  });
  releasers.add({ close: async () => await queue.close({ deadlineMs: config.shutdownMs }) });

  const topics = collectTopics(registry.plugins, [journalTopic]);
  const announce = createAnnounce({ queue, registry, activePlugins: settings.active });
  const crm = releasers.add(
    createCrm({
      database,
      limits: config.crmLimits,
      secrets,
      tenants,
      connections,
      leases,
      log,
      clock,
      publicUrl: config.publicUrl,
      registry,
      mirrors: panelMirrors,
      settings,
      announce,
    }),
  );
  const blobs = createBlobs(db, createDiskStorage(join(config.dataDir, 'blobs')));
  const crmFiles = createCrmFiles({
    db,
    queue,
    blobs,
    secrets,
    tenants,
    connections,
    limits: config.crmLimits,
    log,
    clock,
  });
  const publish = createPublish(topics);
  const journal = createJournal({ db, audit, stageWrites: crm.stage, publish });
  const host = releasers.add(
    await createHost({
      database,
      queue,
      registry,
      tenants,
      settings,
      leases,
      commit: createCommit({
        db,
        queue,
        announce,
        stageWrites: crm.stage,
        stageFiles: crmFiles.stage,
        keepBlob: blobs.keep,
        noteInAudit: audit.append,
        noteInJournal: journal.append,
        publish,
        secrets,
      }),
      journal,
      blobs,
      crmReader: crm.reader,
      crmFiles: crmFiles.sourceOf,
      http: createHttpClient(clock),
      secrets,
      log,
      clock,
      publicUrl: config.publicUrl,
    }),
  );
  const auth = createAuth({
    db,
    crm: { ...createAsMember(database, connections), readerFor: crm.readerFor },
    tenants,
    connections,
    secrets,
    audit,
    times: config.sessions,
    publicUrl: config.publicUrl,
    log,
  });
  const admin = createAdmin({
    registry,
    auth,
    tenants,
    settings,
    connections,
    audit,
    journal,
    secrets,
    queue,
    crm,
    database,
    instances: host.instances,
    doors: host.doors,
    app: { hubAddress: config.publicUrl, cacheFile: config.appCacheFile },
  });
  const metrics = createMetrics({
    queue,
    crmFigures: crm.figures,
    liveChanges: async () => await countChanges(db),
    pluginFigures: pluginFigures(db, registry.plugins),
  });
  const members = createMembers({ tenants, crm, log, clock });

  return {
    admin,
    crm,
    queue,
    database,
    async startWeb() {
      const live = releasers.add(await startLive({ database, topics, log, clock }));
      const app = createWebApp({
        log,
        version,
        publicUrl: config.publicUrl,
        consoleFolder: join(import.meta.dirname, '../console/dist'),
        operatorToken: config.operatorToken,
        sessionHours: config.sessions.longestHours,
        trustProxy: config.trustProxy,
        metrics,
        doors: host.doors,
        findInstance: host.findInstance,
        receiveCrmWebhook: crm.receiveWebhook,
        live,
        identifyViewer: identifyViewer(members, crm),
        panel: createPanel({ db, crm, clock, offererOf: host.offererOf }),
        members,
        crm,
        admin,
        readiness: createReadiness({ database, queue, crm }),
      });
      const server = createServer(app);
      const port = await listen(server, config.port, config.host);
      releasers.add({
        async close() {
          // The server would wait for these connections, and they never end by themselves.
          await live.close();
          await closeServer(server);
        },
      });
      return { url: config.publicUrl, port };
    },
    async startWorker() {
      const sweeper = createSweeper({ db, queue, blobs, days: config.retentionDays });
      const nightly = createNightlyCheck({ queue, journal, tenants, log });
      const worker = await queue.work({
        resolve: (job) => sweeper.resolve(job) ?? nightly.resolve(job) ?? crmFiles.resolve(job) ?? host.resolveJob(job),
        concurrency: lanesOf(config.workerConcurrency),
        onOutcome: async (outcome) => {
          metrics.countJob(outcome);
          await host.onOutcome(outcome);
        },
      });
      releasers.add({ close: async () => await worker.close({ deadlineMs: config.shutdownMs }) });
      await sweeper.schedule();
      await nightly.schedule();
      await host.startLinks();
      const stop = new AbortController();
      const running = crm.run(stop.signal);
      releasers.add({
        close: async () => {
          stop.abort();
          await running;
        },
      });
    },
    close: releasers.releaseAll,
  };
}

/** Most slots for work that people wait for; imports get a quarter. */
function lanesOf(concurrency: number) {
  return { live: concurrency, normal: concurrency, bulk: Math.max(1, Math.floor(concurrency / 4)) };
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(error, port, host)));
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

function cannotListen(error: NodeJS.ErrnoException, port: number, host: string): unknown {
  if (error.code === 'EADDRINUSE') {
    return new ConfigError(`Port ${port} is taken by another program`, {
      field: 'PORT',
      remedy: 'Stop that program (perhaps a hub that runs already), or set PORT in .env to another number.',
      cause: error,
    });
  }
  return new ConfigError(`Cannot listen on ${host}:${port} (${error.code})`, {
    field: 'HOST',
    remedy: 'Set HOST to an address of this machine and PORT to a number above 1023.',
    cause: error,
  });
}

/** Lets requests that run finish; idle connections do not hold us up. */
async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const patience = setTimeout(() => server.closeAllConnections(), 5_000);
  await closed;
  clearTimeout(patience);
}
