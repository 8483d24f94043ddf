/**
 * Errors carry their own retry policy and one sentence that tells an operator what to do.
 * The queue, the gateway and the HTTP doors read `retry`, `code` and `remedy`; nothing else decides.
 */

/** What happens after the failure: give up (dead letter), try again with growing pauses, or try again after N milliseconds without using an attempt. */
export type Retry = 'never' | 'backoff' | { readonly afterMs: number };

export interface ErrorDetails {
  /** The operator's next step, one sentence. Never contains secrets or a customer's words. */
  readonly remedy?: string;
  /** The offending field, as a path: `body.number`, `config.apiKey`. */
  readonly field?: string;
  /** Which refusal it is, finer than the class and stable: `mail.nobody`. By it a page says it in the reader's language; the message is English. */
  readonly reason?: string;
  /** What stands in the message, for the words of a page. */
  readonly values?: Readonly<Record<string, string | number>>;
  readonly cause?: unknown;
}

export abstract class SwitchboardError extends Error {
  abstract readonly code: string;
  abstract readonly retry: Retry;
  /** True when going on makes no sense until an admin acts: the plugin is paused for that tenant and its jobs wait. */
  readonly pausesPlugin: boolean = false;
  readonly remedy: string | undefined;
  readonly field: string | undefined;
  readonly reason: string | undefined;
  readonly values: ErrorDetails['values'];

  constructor(message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.remedy = details.remedy;
    this.field = details.field;
    this.reason = details.reason;
    this.values = details.values;
  }
}

/** A setting of the hub or of a plugin is wrong; somebody has to change it. */
export class ConfigError extends SwitchboardError {
  readonly code: string = 'config';
  readonly retry: Retry = 'never';
}

/** The other system refuses our credentials. Pauses the plugin for the tenant. */
export class CredentialsError extends SwitchboardError {
  readonly code: string = 'credentials';
  readonly retry: Retry = 'never';
  override readonly pausesPlugin = true;
}

/** What came in cannot be understood: wrong type, missing field, impossible value. */
export class PayloadError extends SwitchboardError {
  readonly code: string = 'payload';
  readonly retry: Retry = 'never';
}

/** The thing asked for does not exist (for this tenant). */
export class NotFoundError extends SwitchboardError {
  readonly code: string = 'not-found';
  readonly retry: Retry = 'never';
}

/** The change collides with what is there: a slug that is taken, a state that forbids the step. */
export class ConflictError extends SwitchboardError {
  readonly code: string = 'conflict';
  readonly retry: Retry = 'never';
}

/** Nobody, or not this caller, may do that. */
export class UnauthorizedError extends SwitchboardError {
  readonly code: string = 'unauthorized';
  readonly retry: Retry = 'never';
}

/** We know who asks, and this is not for him to see or do. */
export class ForbiddenError extends SwitchboardError {
  readonly code: string = 'forbidden';
  readonly retry: Retry = 'never';
}

/** The other system refuses this one request for good (not because of credentials). */
export class RefusedError extends SwitchboardError {
  readonly code: string = 'refused';
  readonly retry: Retry = 'never';
}

/** The other system failed or could not be reached: 5xx, time-out, connection reset. */
export class UpstreamError extends SwitchboardError {
  readonly code: string = 'upstream';
  readonly retry: Retry = 'backoff';
}

/** The other system asks us to wait. */
export class RateLimitedError extends SwitchboardError {
  readonly code: string = 'rate-limited';
  readonly retry: Retry;

  /** @param afterMs pause before the next try, milliseconds */
  constructor(message: string, afterMs: number, details: ErrorDetails = {}) {
    super(message, details);
    this.retry = { afterMs };
  }
}

/** Not now, and nobody's fault: the tenant is suspended, a window is closed. The work waits without using attempts. */
export class PostponedError extends SwitchboardError {
  readonly code: string = 'postponed';
  readonly retry: Retry;

  /** @param afterMs when to look again, milliseconds */
  constructor(message: string, afterMs: number, details: ErrorDetails = {}) {
    super(message, details);
    this.retry = { afterMs };
  }
}
