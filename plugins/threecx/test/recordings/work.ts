import { type JobHandler, PostponedError } from '@switchboard/core/contract';
import { findRecordings } from '../../jobs/find-recordings.ts';
import { readCallLog } from '../../jobs/read-call-log.ts';
import { plugin } from '../../plugin.ts';
import type { Context } from '../../services.ts';
import type { FakeContext } from '../fake-context.ts';

const signal = AbortSignal.timeout(300_000);

async function run(context: Context, handler: JobHandler<Context>, payload: unknown): Promise<void> {
  await handler.run(context, payload as never, { id: 'job', attempt: 1, signal });
}

/** Runs what is due until nothing is, as the queue does: who postpones comes back later, and the same work is done once. */
export function createWorker(context: FakeContext) {
  const done = new Set<string>();
  const later = new Map<string, number>();

  async function settle(): Promise<void> {
    for (;;) {
      const due = [...context.jobs].find(
        ([key, { dueAt }]) => !done.has(key) && (later.get(key) ?? dueAt) <= context.clock.now(),
      );
      if (due === undefined) return;
      const [key, { type, payload }] = due;
      const handler = plugin.jobs?.find((one) => one.type.name === type.name);
      if (handler === undefined) throw new Error(`nobody does ${type.name}`);
      try {
        await run(context, handler, type.payload.parse(payload));
        done.add(key);
      } catch (error) {
        if (!(error instanceof PostponedError)) throw error;
        later.set(key, context.clock.now() + (error.retry as { afterMs: number }).afterMs);
      }
    }
  }

  return {
    settle,
    /** Lets time pass and does what is due by then. */
    async after(ms: number): Promise<void> {
      context.advance(ms);
      await settle();
    },
    async readLog(reach: 'recent' | 'wide' = 'wide'): Promise<void> {
      await run(context, readCallLog, { reach });
      await settle();
    },
    async lookForRecordings(): Promise<void> {
      await run(context, findRecordings, {});
      await settle();
    },
    /** Those that nobody has done yet, by name. */
    waiting: () => [...context.jobs].filter(([key]) => !done.has(key)).map(([, { type }]) => type.name),
  };
}
