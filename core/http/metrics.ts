import type { JobOutcome, Queue } from '@switchboard/queue';
import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { PluginFigure } from '../host/figures.ts';

/** Tenants are not labels: there may be thousands. What concerns one tenant stands on its status page and in the delivery log. */
export interface Metrics {
  readonly countRequest: RequestHandler;
  readonly countJob: (outcome: JobOutcome) => void;
  /** The Prometheus text. @param liveConnections those of this process */
  readonly expose: (liveConnections: number) => Promise<{ contentType: string; text: string }>;
}

export interface CrmFigures {
  /** CRM writes not yet confirmed, over all tenants. */
  readonly outboxDepth: number;
  /** Seconds the oldest of them waits. */
  readonly outboxOldestSeconds: number;
  /** Writes that Twenty refused and that need a person. */
  readonly parked: number;
}

export interface MetricsOptions {
  readonly queue: Queue;
  readonly crmFigures: () => Promise<CrmFigures>;
  /** How much was published in the live feeds since there is a hub. */
  readonly liveChanges: () => Promise<number>;
  readonly pluginFigures: readonly PluginFigure[];
}

export function createMetrics({ queue, crmFigures, liveChanges, pluginFigures }: MetricsOptions): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'switchboard_' });
  const registers = [registry];
  const requests = new Histogram({
    name: 'switchboard_http_request_seconds',
    help: 'Time to answer, by door and status',
    labelNames: ['door', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  const jobs = new Counter({
    name: 'switchboard_jobs_total',
    help: 'Runs of jobs, by owner, type and outcome',
    labelNames: ['owner', 'type', 'outcome'],
    registers,
  });
  const jobSeconds = new Histogram({
    name: 'switchboard_job_seconds',
    help: 'Time a run took',
    labelNames: ['owner', 'type'],
    buckets: [0.005, 0.025, 0.1, 0.5, 2.5, 10, 60],
    registers,
  });
  const backlog = new Gauge({
    name: 'switchboard_job_backlog',
    help: 'Jobs not finished, by owner, lane and state',
    labelNames: ['owner', 'lane', 'state'],
    registers,
  });
  const oldest = new Gauge({
    name: 'switchboard_job_oldest_due_seconds',
    help: 'How long the longest-waiting due job waits',
    labelNames: ['lane'],
    registers,
  });
  const lag = new Gauge({
    name: 'switchboard_schedule_lag_seconds',
    help: 'How late the most overdue schedule is',
    registers,
  });
  const outbox = new Gauge({ name: 'switchboard_crm_outbox_depth', help: 'CRM writes not yet confirmed', registers });
  const outboxAge = new Gauge({
    name: 'switchboard_crm_outbox_oldest_seconds',
    help: 'How long the oldest unconfirmed CRM write waits',
    registers,
  });
  const parked = new Gauge({ name: 'switchboard_crm_parked', help: 'CRM writes that Twenty refused', registers });

  const connections = new Gauge({
    name: 'switchboard_live_connections',
    help: 'Browsers that follow the live feed at this process',
    registers,
  });
  const changes = new Counter({
    name: 'switchboard_live_changes_total',
    help: 'Changes published in the live feeds, by all processes',
    registers,
  });

  for (const { name, help, read } of pluginFigures) {
    // One that cannot be read hides no other.
    const gauge: Gauge = new Gauge({
      name,
      help,
      registers,
      collect: async () => gauge.set(await read().catch(() => Number.NaN)),
    });
  }

  async function readGauges(): Promise<void> {
    const [stats, crm, published] = await Promise.all([queue.stats(), crmFigures(), liveChanges()]);
    backlog.reset();
    for (const { owner, lane, state, count } of stats.counts) backlog.set({ owner, lane, state }, count);
    for (const [lane, seconds] of Object.entries(stats.oldestDueSeconds)) oldest.set({ lane }, seconds);
    lag.set(stats.scheduleLagSeconds);
    outbox.set(crm.outboxDepth);
    outboxAge.set(crm.outboxOldestSeconds);
    parked.set(crm.parked);
    // Kept in the database, for all processes together.
    changes.reset();
    changes.inc(published);
  }

  return {
    countRequest(request, response, next) {
      const stop = requests.startTimer();
      response.on('finish', () => stop({ door: doorOf(request.originalUrl), status: response.statusCode }));
      next();
    },
    countJob({ job, kind, durationMs }) {
      jobs.inc({ owner: job.owner, type: job.type, outcome: kind });
      jobSeconds.observe({ owner: job.owner, type: job.type }, durationMs / 1000);
    },
    async expose(liveConnections) {
      await readGauges();
      connections.set(liveConnections);
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}

/** A handful of labels, whatever strangers ask for. */
function doorOf(url: string): string {
  const first = url.split(/[/?]/, 2)[1] ?? '';
  return ['hooks', 'crm', 'api', 'auth', 'console', 'healthz', 'readyz', 'metrics', 'openapi.json'].includes(first)
    ? first
    : 'other';
}
