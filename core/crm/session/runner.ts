import type { Logger } from '../../contract/context.ts';
import type { Leases } from '../../leases/leases.ts';
import type { Database } from '../../store/database.ts';
import { tenantChannel } from '../../tenants/index.ts';
import { outboxChannel } from '../outbox/stage.ts';
import { runSession } from './session.ts';
import type { SessionOptions } from './session.ts';
import { createBell } from './signal-bell.ts';

/** What a session is made from; `signature` changes whenever it has to be made anew. */
export type SessionInput = Pick<SessionOptions, 'tenant' | 'url' | 'apiKey' | 'declared'> & {
  readonly signature: string;
};

export type RunnerOptions = Omit<SessionOptions, 'tenant' | 'url' | 'apiKey' | 'declared' | 'onStaged' | 'db'> & {
  readonly database: Database;
  readonly leases: Leases;
  /** Every connected, active tenant. */
  readonly load: () => Promise<readonly SessionInput[]>;
  readonly log: Logger;
};

/** A look at the tenants even when no notification came. */
const pollMs = 10_000;

type Running = { readonly signature: string; readonly stop: AbortController; readonly ended: Promise<void> };

/** Runs the sessions of all connected tenants, each once over all processes of the hub, until the signal aborts. */
export async function runSessions(options: RunnerOptions, signal: AbortSignal): Promise<void> {
  const { database, log } = options;
  const running = new Map<string, Running>();
  const wakes = new Map<string, Set<() => void>>();
  const changed = createBell();
  const wakeAll = (): void => {
    for (const each of wakes.values()) for (const wake of each) wake();
  };
  const subscriptions = await Promise.all([
    database.listen(outboxChannel, (tenantId) => wakes.get(tenantId)?.forEach((wake) => wake()), wakeAll),
    database.listen(tenantChannel, changed.ring, changed.ring),
  ]);
  const start = (input: SessionInput): Running => {
    const stop = new AbortController();
    const onStaged = subscriber(wakes, input.tenant.id);
    const session = { ...options, ...input, db: database.db, onStaged };
    const ended = options.leases.hold(`crm/${input.tenant.id}`, (inner) => runSession(session, inner), stop.signal);
    return { signature: input.signature, stop, ended };
  };
  while (!signal.aborted) {
    try {
      await update(running, await options.load(), start);
    } catch (error) {
      log.error({ err: error }, 'Could not read which tenants are connected to Twenty');
    }
    await changed.wait(signal, pollMs);
  }
  for (const unsubscribe of subscriptions) unsubscribe();
  await Promise.all([...running.values()].map(end));
}

async function update(
  running: Map<string, Running>,
  inputs: readonly SessionInput[],
  start: (input: SessionInput) => Running,
): Promise<void> {
  const wanted = new Map(inputs.map((input) => [input.tenant.id, input]));
  const stale = [...running].filter(([tenantId, { signature }]) => wanted.get(tenantId)?.signature !== signature);
  await Promise.all(stale.map(([, session]) => end(session)));
  for (const [tenantId] of stale) running.delete(tenantId);
  for (const [tenantId, input] of wanted) if (!running.has(tenantId)) running.set(tenantId, start(input));
}

async function end({ stop, ended }: Running): Promise<void> {
  stop.abort(new Error('the CRM session was ended'));
  await ended;
}

function subscriber(wakes: Map<string, Set<() => void>>, tenantId: string) {
  return (wake: () => void): (() => void) => {
    const own = wakes.get(tenantId) ?? new Set();
    wakes.set(tenantId, own.add(wake));
    return () => void own.delete(wake);
  };
}
