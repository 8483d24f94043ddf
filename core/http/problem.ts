import type { ErrorRequestHandler } from 'express';
import type { Refusal } from '../auth/refusals.ts';
import { type Logger, type Retry, SwitchboardError } from '../contract/index.ts';

/** What every failed request is answered with. */
export interface Problem {
  readonly error: {
    readonly code: string;
    readonly message: string;
    /** Which refusal it is, finer than the code and as stable. */
    readonly reason?: string;
    /** What stands in the message. */
    readonly values?: Readonly<Record<string, string | number>>;
    /** The offending field: `body.country`. */
    readonly field?: string;
    /** What to do about it, one sentence. */
    readonly remedy?: string;
    /** What to do in order, where a sentence is not enough. */
    readonly steps?: readonly string[];
  };
}

const STATUS_OF_REFUSALS: Readonly<Record<Refusal, number>> = {
  'signed-out': 401,
  'session-ended': 401,
  'session-idle': 401,
  'session-expired': 401,
  'session-reused': 401,
  removed: 401,
  'cross-site': 403,
  'unknown-workspace': 404,
  'not-https': 422,
  cancelled: 403,
  'foreign-answer': 403,
  'late-answer': 409,
  'code-refused': 409,
  'client-unknown': 409,
  'not-accepted': 403,
  'other-workspace': 403,
  'other-member': 403,
  'no-role': 403,
  'two-factor-required': 403,
  'two-factor-now': 401,
  'crm-unreachable': 502,
  'deed-refused': 403,
  'setup-link': 403,
  'too-many-failures': 429,
};

const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  config: 422,
  payload: 400,
  unauthorized: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  refused: 422,
  'rate-limited': 429,
  credentials: 502,
  upstream: 502,
  ...STATUS_OF_REFUSALS,
};

/** Turns an error into status and body. Errors of unknown kind tell the caller nothing but that they happened. */
function toProblem(error: unknown): { status: number; problem: Problem } {
  if (isClientError(error)) return fromClientError(error);
  if (!describesItself(error)) {
    return {
      status: 500,
      problem: {
        error: {
          code: 'internal',
          message: 'Something went wrong in the hub',
          remedy: 'Try again; if it stays, look for this request in the log.',
        },
      },
    };
  }
  return {
    status: STATUS_BY_CODE[error.code] ?? 500,
    problem: {
      error: {
        code: error.code,
        message: error.message,
        ...(error.reason === undefined ? {} : { reason: error.reason }),
        ...(error.values === undefined ? {} : { values: error.values }),
        ...(error.field === undefined ? {} : { field: error.field }),
        ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
        ...(error.steps === undefined ? {} : { steps: error.steps }),
      },
    },
  };
}

/** The last handler of the app. */
export function problemHandler(log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const { status, problem } = toProblem(error);
    if (status >= 500) log.error({ err: error, path: request.path }, 'A request failed');
    response.status(status).json(problem);
  };
}

interface SelfDescribing {
  readonly code: string;
  readonly message: string;
  readonly retry: Retry;
  readonly reason?: string;
  readonly values?: Readonly<Record<string, string | number>>;
  readonly field?: string;
  readonly remedy?: string;
  readonly steps?: readonly string[];
}

/** Our own errors and those of the queue, which has the same shape without depending on us. */
function describesItself(error: unknown): error is SelfDescribing {
  return error instanceof SwitchboardError || (error instanceof Error && 'retry' in error && 'code' in error);
}

interface ClientError extends Error {
  /** Of the body parsers. */
  readonly type?: string;
  readonly status: number;
  readonly limit?: number;
}

/** What Express and its body parsers throw about a request that cannot be read. */
function isClientError(error: unknown): error is ClientError {
  if (!(error instanceof Error) || describesItself(error) || !('status' in error)) return false;
  return typeof error.status === 'number' && error.status >= 400 && error.status < 500;
}

function fromClientError(error: ClientError): { status: number; problem: Problem } {
  if (error instanceof URIError) {
    const message = 'The address is not percent-encoded properly';
    return { status: 400, problem: { error: { code: 'payload', message, field: 'path' } } };
  }
  const field = 'body';
  if (error.type === 'entity.too.large') {
    const message = `The body is larger than ${error.limit} bytes`;
    return { status: 413, problem: { error: { code: 'too-large', message, field, remedy: 'Send less at once.' } } };
  }
  if (error.type === 'entity.parse.failed') {
    return {
      status: 400,
      problem: { error: { code: 'payload', message: 'The body is not JSON', field, remedy: 'Send a JSON object.' } },
    };
  }
  return { status: error.status, problem: { error: { code: 'payload', message: 'The body cannot be read', field } } };
}
