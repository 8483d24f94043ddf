import type { Admin } from '../admin/index.ts';
import { printTable } from './report.ts';

type Status = Awaited<ReturnType<Admin['crm']['status']>>;

/** The state of a tenant's connection in a few lines. */
export function printCrmStatus({ outbox, session, mirror, webhookTest }: Status): void {
  console.log(`Session: ${session?.state ?? 'none has run; is a worker running?'}`);
  if (session?.problem !== undefined) console.log(`  ${session.problem.message}\n  ${session.problem.remedy ?? ''}`);
  for (const notice of session?.notices ?? []) console.log(`  ${notice}`);
  if (session !== undefined) {
    console.log(`Limit of the API key: ${describeLimit(session.limits.apiKey)}`);
    console.log(`Limit of the application: ${describeLimit(session.limits.application)}`);
  }
  console.log(`Outbox: ${outbox.pending} on their way, ${outbox.parked} parked`);
  const seconds = webhookTest?.tookMs === undefined ? '' : ` after ${(webhookTest.tookMs / 1000).toFixed(1)} s`;
  console.log(`Webhooks: test ${webhookTest?.state ?? 'not run yet'}${seconds}`);
  if (session?.backfill !== undefined) console.log(`First copy: ${describeBackfill(session.backfill)}`);
  printTable(
    mirror.map((one) => ({ ...one, copied: describeCopied(one) })),
    ['object', 'state', 'copied', 'freshUntil', 'lastWebhook', 'missedByWebhooks'],
  );
}

type ReportedLimit = NonNullable<Status['session']>['limits']['apiKey'];

/** `100 calls in 60 s, told 2026-11-22T10:00:00.000Z (Limit reached …)`. */
function describeLimit({ limit, source, since, reason }: ReportedLimit): string {
  const what = limit === 'unlimited' ? 'none' : `${limit.calls} calls in ${limit.perMs / 1000} s`;
  return source === 'configured' ? `${what}, as configured` : `${what}, ${source} ${since ?? ''} (${reason})`;
}

type Backfill = NonNullable<NonNullable<Status['session']>['backfill']>;

function describeBackfill({ copied, total, recordsPerMinute, secondsLeft }: Backfill): string {
  const left = secondsLeft === undefined ? '' : `, about ${describeSeconds(secondsLeft)} left`;
  return `${copied} of ${total} records, ${recordsPerMinute} a minute${left}`;
}

function describeSeconds(seconds: number): string {
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

function describeCopied({ copied, total }: Status['mirror'][number]): string {
  return total === undefined ? String(copied) : `${copied} of ${Math.max(copied, total)}`;
}
