export type GraphqlErrorDetails = {
  subCode?: string;
  userFriendlyMessage?: string;
  /** Further members of `extensions`, e.g. conflictingRecordId or the errors of a metadata validation. */
  extensions?: Record<string, unknown>;
};

/** An answer in `errors`, with Twenty's code and sub code. `code` absent means a plain GraphQL validation error. */
export class GraphqlError extends Error {
  readonly code: string | undefined;
  readonly details: GraphqlErrorDetails;

  constructor(message: string, code?: string, details: GraphqlErrorDetails = {}) {
    super(message);
    this.name = 'GraphqlError';
    this.code = code;
    this.details = details;
  }

  get extensions(): Record<string, unknown> {
    const { subCode, userFriendlyMessage, extensions } = this.details;
    return {
      ...(this.code !== undefined && { code: this.code }),
      ...(subCode !== undefined && { subCode }),
      ...(userFriendlyMessage !== undefined && { userFriendlyMessage }),
      ...extensions,
    };
  }
}

/** Refuses the whole request with HTTP 429. */
export class TooManyRequests extends Error {
  /** Seconds. */
  readonly retryAfter: number | undefined;

  constructor(retryAfter: number | undefined) {
    super('Too Many Requests');
    this.retryAfter = retryAfter;
  }
}
