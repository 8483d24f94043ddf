import { PayloadError } from '@switchboard/core/contract';
import { z } from 'zod';

const TEMPLATE_REMEDY = 'Download the template of this tenant again and install it in 3CX.';

/**
 * Reads a body that the template makes 3CX post.
 *
 * @throws PayloadError naming the first field that is wrong; never quotes its value
 */
export function readPost<S extends z.ZodType>(schema: S, body: Buffer): z.output<S> {
  return readBody(schema, body, templateRemedy);
}

/**
 * @param remedy what to do about a wrong field, by its path
 * @throws PayloadError like `readPost`
 */
export function readBody<S extends z.ZodType>(schema: S, body: Buffer, remedy: (field: string) => string): z.output<S> {
  const result = schema.safeParse(parseJson(body, remedy));
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const field = ['body', ...(issue?.path ?? [])].join('.');
  throw new PayloadError(`${field}: ${issue?.message ?? 'is wrong'}`, { field, remedy: remedy(field) });
}

function parseJson(body: Buffer, remedy: (field: string) => string): unknown {
  try {
    return JSON.parse(body.toString('utf8').replace(/^\uFEFF/, ''));
  } catch {
    // The parser's message quotes the body, which is a customer's data.
    throw new PayloadError('body: is not JSON', { field: 'body', remedy: remedy('body') });
  }
}

function templateRemedy(field: string): string {
  if (!field.endsWith('Utc')) return TEMPLATE_REMEDY;
  return `${TEMPLATE_REMEDY} If dates are still refused, change how often dates are evaluated in the settings of the plugin and install it again.`;
}

/**
 * Text from 3CX: missing and null are empty; what is not printable goes.
 *
 * @param longest characters; longer is a wrong type of value, not a long one
 */
export function text(longest: number) {
  return z
    .string('must be text')
    .max(longest, `must have at most ${longest} characters`)
    .nullish()
    .transform((value) => printable(value ?? ''));
}

const NO_MOMENT = 'must be a UTC time such as 2026-11-21T10:00:00Z';

/** A moment with its offset, `2026-11-21T10:00:00Z`; empty when 3CX has none. */
export const moment = z
  .union([z.iso.datetime({ offset: true, error: NO_MOMENT }), z.literal(''), z.null()], NO_MOMENT)
  .optional()
  .transform((value) => (value ? new Date(value) : undefined))
  // .NET writes a missing date as the year 1.
  .refine((date) => date === undefined || date.getUTCFullYear() >= 2000, 'must not lie before the year 2000');

/** Without control characters and broken surrogates, which PostgreSQL refuses. */
export function printable(value: string): string {
  // oxlint-disable-next-line no-control-regex -- removing them is the purpose
  return value.toWellFormed().replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g, '');
}
