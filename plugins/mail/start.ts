import { createTurns } from '@switchboard/core/contract';
import { holdAll } from './receive/hold-all.ts';
import { type Holding, usualPace } from './receive/hold-mailbox.ts';
import { RANGE_MESSAGES } from './receive/read-range.ts';
import type { Context } from './services.ts';

const MINUTE_MS = 60_000;

/** Reads all mailboxes of the tenant: one process of the hub at a time, under the lease of the live link. */
export async function start(context: Context, signal: AbortSignal): Promise<void> {
  await holdAll(holdingOf(context), context.config.silentAfterMinutes * MINUTE_MS, signal);
}

export function holdingOf(context: Context, pace = usualPace): Holding {
  const { services, config } = context;
  const trustedServers = config.trustedAuthserv === '' ? [] : [config.trustedAuthserv];
  return {
    ...context,
    mailboxes: services.mailboxes,
    maxBytes: config.maxMessageMb * 1024 * 1024,
    rangeMessages: RANGE_MESSAGES,
    prepare: async (raw, isOutgoing) => await services.preparing.prepare(raw, { trustedServers, isOutgoing }),
    connect: services.accounts.connect,
    importing: createTurns(1),
    pace,
  };
}
