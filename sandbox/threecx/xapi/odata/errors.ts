/** An error as XAPI answers it; `message` is often a code of the vendor's enum. */
export class ODataError extends Error {
  override readonly name = 'ODataError';
  readonly status: number;
  readonly target: string | null;

  constructor(status: number, message: string, target: string | null = null) {
    super(message);
    this.status = status;
    this.target = target;
  }

  body(): object {
    const { message, target } = this;
    const code = String(this.status);
    return {
      error: { code, message, target, details: target === null ? [] : [{ code: '', message, target }], innerError: {} },
    };
  }
}

export const notFound = () => new ODataError(404, 'WARNINGS.XAPI.NOT_FOUND');
export const badRequest = (message: string, target: string | null = null) => new ODataError(400, message, target);
