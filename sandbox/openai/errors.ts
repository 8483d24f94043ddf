/** An answer that is an error, in the shape that the API has for all of them. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: object;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    {
      message,
      type = 'invalid_request_error',
      param = null,
      code = null,
    }: {
      readonly message: string;
      readonly type?: string;
      readonly param?: string | null;
      readonly code?: string | null;
    },
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.body = { error: { message, type, param, code } };
    this.headers = headers;
  }
}

export function invalid(param: string, message: string, code: string | null = null): ApiError {
  return new ApiError(400, { message, param, code });
}
