import type { z } from 'zod';
import { PayloadError } from './errors.ts';
import type { RawRequest } from './http.ts';

/**
 * The JSON of a request, checked.
 *
 * @throws PayloadError naming the first field that is wrong; never quotes its value
 */
export function bodyOf<S extends z.ZodType>(schema: S, { body }: Pick<RawRequest, 'body'>): z.output<S> {
  let sent: unknown;
  try {
    sent = JSON.parse(body.toString('utf8'));
  } catch {
    // The parser's message quotes the body.
    throw new PayloadError('body: is not JSON', { field: 'body', remedy: 'Send JSON.' });
  }
  return checked(schema, sent, 'body');
}

/** What stands behind the `?` of a request, checked. @throws PayloadError as `bodyOf` */
export function queryOf<S extends z.ZodType>(schema: S, { query }: Pick<RawRequest, 'query'>): z.output<S> {
  return checked(schema, Object.fromEntries(query), 'query');
}

function checked<S extends z.ZodType>(schema: S, sent: unknown, place: string): z.output<S> {
  const parsed = schema.safeParse(sent);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = [place, ...(issue?.path ?? [])].join('.');
  throw new PayloadError(`${field}: ${issue?.message ?? 'is wrong'}`, {
    field,
    remedy: 'Correct it and send it again.',
  });
}
