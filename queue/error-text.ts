/** What is stored of an error: nothing that could be a credential. */
export type ErrorText = {
  readonly code: string;
  readonly message: string;
  /** The operator's next step, when the error knows it. */
  readonly remedy: string | null;
};

const maxLength = 500;

/** Reads the error structurally: it may come from any package, or be no Error at all. */
export function toErrorText(error: unknown): ErrorText {
  const { code, name, message, remedy } = asRecord(error);
  return {
    code: clean(textOf(code) ?? textOf(name) ?? 'unknown', 100),
    message: clean(textOf(message) ?? String(error)),
    remedy: textOf(remedy) === undefined ? null : clean(String(remedy)),
  };
}

export const asRecord = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const clean = (text: string, length = maxLength): string =>
  redact(text).replaceAll('\0', '').toWellFormed().slice(0, length).toWellFormed();

const redacted = '[redacted]';

/** Errors of HTTP clients and drivers quote URLs and headers; these are the places where credentials sit in them. */
function redact(text: string): string {
  return text
    .replace(/\b(bearer|basic)\s+[\w.~+/=-]+/gi, `$1 ${redacted}`)
    .replace(/(\/\/)[^\s/@]+@/g, `$1${redacted}@`)
    .replace(
      /\b([\w-]*(?:password|passwd|secret|token|api[_-]?key|apikey|authorization|signature))(["']?\s*[=:]\s*["']?)[^\s"'&,;]+/gi,
      `$1$2${redacted}`,
    );
}
