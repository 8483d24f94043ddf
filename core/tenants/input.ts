import { isSupportedCountry } from 'libphonenumber-js';
import { z } from 'zod';
import { PayloadError } from '../contract/errors.ts';

/** What may be said about a tenant. Every message completes "<field> ...". */

const slug = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/,
    'must be 1 to 32 lower-case letters, digits and inner hyphens, like "acme-nl"',
  );

const name = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(200, 'must have at most 200 characters')
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not contain control characters');

const country = z
  .string()
  .toUpperCase()
  .refine(isSupportedCountry, 'must be a country in two letters (ISO 3166), like "NL"');

const timeZone = z.string().refine(isTimeZone, 'must be a time zone of the IANA list, like "Europe/Amsterdam"');

const locale = z.string().transform((text, context) => {
  try {
    return Intl.getCanonicalLocales(text)[0] ?? text;
  } catch {
    context.addIssue({ code: 'custom', message: 'must be a language tag, like "nl" or "en-GB"' });
    return z.NEVER;
  }
});

export const newTenant = z.strictObject({
  slug,
  name,
  country,
  timeZone: timeZone.default('UTC'),
  locale: locale.default('en'),
});

export const tenantChanges = newTenant.omit({ slug: true }).extend({ timeZone, locale }).partial();

export const crmAddress = z.strictObject({
  url: z
    .string()
    .trim()
    .refine(isOrigin, 'must be the address of Twenty without a path, like "https://crm.example.com"')
    .transform((text) => new URL(text).origin),
  apiKey: z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(8192, 'must have at most 8192 characters')
    .regex(/^[\x21-\x7e]*$/, 'must not contain blanks or special characters'),
});

/** @throws PayloadError that names the field */
export const readAddress = (address: CrmAddress): z.output<typeof crmAddress> => parseInput(crmAddress, address);

export type NewTenant = z.input<typeof newTenant>;
export type TenantChanges = z.input<typeof tenantChanges>;
export type CrmAddress = z.input<typeof crmAddress>;

/** @throws PayloadError that names the field */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const unknownKey = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const field = unknownKey ?? (issue?.path.join('.') || 'body');
  const message = unknownKey === undefined ? issue?.message : 'is not a field that can be set';
  throw new PayloadError(`The field "${field}" ${message}`, { field, remedy: `Correct "${field}" and send it again.` });
}

/** Offsets like "+02:00" are valid for the runtime but know no summer time. */
function isTimeZone(text: string): boolean {
  if (!/^[A-Za-z]/.test(text)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}

function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return false;
  return url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '' && url.password === '';
}
