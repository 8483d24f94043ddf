/** Errors of the queue itself. They carry `retry` and `remedy` like all errors of the hub, which are read structurally. */
export class QueueError extends Error {
  readonly code: string = 'queue';
  readonly retry: 'never' | 'backoff' = 'never';
  /** The operator's next step, one sentence. */
  readonly remedy: string | undefined;

  constructor(message: string, details: { readonly remedy?: string; readonly cause?: unknown } = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.remedy = details.remedy;
  }
}

/** The payload does not fit its type. */
export class InvalidPayloadError extends QueueError {
  override readonly code = 'payload';
  /** Path of the first offending field: `payload.call.number`. */
  readonly field: string;

  constructor(type: string, field: string, problem: string) {
    super(`${type}: ${field}: ${problem}`);
    this.field = field;
  }
}

/** The job, schedule or setting itself is wrong: empty dedupe key, unreadable cron, bad URL. */
export class InvalidJobError extends QueueError {
  override readonly code = 'invalid-job';
}

/** No handler for this type in this process. */
export class UnknownJobTypeError extends QueueError {
  override readonly code = 'unknown-job-type';
  override readonly retry = 'backoff';
}

/** The handler did not end in the type's `timeoutMs`. */
export class JobTimeoutError extends QueueError {
  override readonly code = 'timeout';
  override readonly retry = 'backoff';
}

/** The worker stopped renewing the job: it was killed, or its event loop stood still. Uses an attempt, as the job may be why. */
export class WorkerLostError extends QueueError {
  override readonly code = 'worker-lost';
  override readonly retry = 'backoff';
}

/** Reason of a signal: the job's lease ran out. */
export class LeaseLostError extends QueueError {
  override readonly code = 'lease-lost';
}

/** Reason of a signal: the process stops. */
export class ShutdownError extends QueueError {
  override readonly code = 'shutdown';
}
