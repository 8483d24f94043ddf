import { JobTimeoutError, UnknownJobTypeError } from './errors.ts';
import type { Job } from './job.ts';
import { defaultTimeoutMs } from './job-type.ts';
import { parsePayload } from './payload.ts';
import type { WorkOptions } from './queue.ts';

/** How long a handler may take to end once its signal aborted; then its slot goes to another job. */
const abortGraceMs = 5000;

/**
 * Runs the handler of one job.
 *
 * @param stop aborts on shutdown and when the lease is lost; its reason is what is thrown then
 * @throws what the handler throws, or why it was aborted
 */
export async function runJob(job: Job, resolve: WorkOptions['resolve'], stop: AbortSignal): Promise<void> {
  const handler = await resolve(job);
  if (handler === undefined) {
    throw new UnknownJobTypeError(`no handler for jobs of type ${job.type}`, {
      remedy: `enable the plugin ${job.owner} in this version of the hub, or discard the job`,
    });
  }
  const { type } = handler;
  const payload: unknown = parsePayload(type, job.payload);
  const timeoutMs = type.timeoutMs ?? defaultTimeoutMs;
  const timeout = new AbortController();
  const timer = setTimeout(() => {
    timeout.abort(new JobTimeoutError(`${type.name} did not end within ${timeoutMs} ms`));
  }, timeoutMs);
  const signal = AbortSignal.any([stop, timeout.signal]);
  const deadline = rejectAfterAbort(signal);
  try {
    await Promise.race([handler.run({ job, payload, attempt: job.attempts, signal }), deadline.rejected]);
  } catch (error) {
    // Whatever an aborted handler throws, the reason of the abort decides what becomes of the job.
    throw signal.aborted ? signal.reason : error;
  } finally {
    clearTimeout(timer);
    deadline.cancel();
  }
}

function rejectAfterAbort(signal: AbortSignal): { readonly rejected: Promise<never>; readonly cancel: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const { promise, reject } = Promise.withResolvers<never>();
  const start = (): void => {
    timer = setTimeout(() => reject(signal.reason), abortGraceMs);
  };
  if (signal.aborted) start();
  else signal.addEventListener('abort', start, { once: true });
  return {
    rejected: promise,
    cancel: () => {
      signal.removeEventListener('abort', start);
      clearTimeout(timer);
    },
  };
}
